using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>The Google project that uploads, and where YouTube is.</summary>
public sealed class YouTubeOptions
{
    /// <summary>The client secret file of the Google project ("installed"), as downloaded from its console.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string ClientSecretFile { get; init; } = "";

    /// <summary>Where the Data API is.</summary>
    [Required]
    public string ApiBaseUrl { get; init; } = "https://youtube.googleapis.com/";

    /// <summary>Where the browser is sent to give its consent.</summary>
    [Required]
    public string AuthUrl { get; init; } = "https://accounts.google.com/o/oauth2/v2/auth";

    /// <summary>Where tokens come from.</summary>
    [Required]
    public string TokenUrl { get; init; } = "https://oauth2.googleapis.com/token";

    /// <summary>Bytes sent per request in MiB, in steps of a quarter. Each chunk is held in memory.</summary>
    [Range(0.25, 64)]
    public double ChunkMiB { get; init; } = 2;

    /// <summary>Most that one upload sends, in KiB/s; 0: no limit.</summary>
    [Range(0, 1e7)]
    public double UploadKiBPerSecond { get; init; }

    /// <summary>Longest time an upload may stand still, in s.</summary>
    [Range(5, 3600)]
    public double StallSeconds { get; init; } = 120;

    /// <summary>How long YouTube may take to process a Short before that is noted as unknown, in minutes.</summary>
    [Range(1, 1440)]
    public double ProcessingMinutes { get; init; } = 120;

    public YouTubeQuotaOptions Quota { get; init; } = new();
}

/// <summary>Limits of one Google project for one day in the Pacific zone.</summary>
public sealed class YouTubeQuotaOptions
{
    /// <summary>Uploads per day.</summary>
    [Range(0, 1_000_000)]
    public long UploadsPerDay { get; init; } = 100;

    /// <summary>Searches per day.</summary>
    [Range(0, 1_000_000)]
    public long SearchesPerDay { get; init; } = 100;

    /// <summary>Units per day for everything else.</summary>
    [Range(0, 1_000_000_000)]
    public long UnitsPerDay { get; init; } = 10_000;
}
