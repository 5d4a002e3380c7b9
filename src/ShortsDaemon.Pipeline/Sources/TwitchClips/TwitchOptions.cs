using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>The application that is registered at dev.twitch.tv, and where Twitch is.</summary>
public sealed class TwitchOptions
{
    /// <summary>Client id of the application; needed by sources of type TwitchClips.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Its secret. Better in the environment (Twitch__ClientSecret) than in a file.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>Where the Helix API is.</summary>
    [Required]
    public string ApiBaseUrl { get; init; } = "https://api.twitch.tv/helix/";

    /// <summary>Where tokens come from.</summary>
    [Required]
    public string AuthBaseUrl { get; init; } = "https://id.twitch.tv/oauth2/";

    /// <summary>Share of Twitch's rate limit that is used, in percent; the rest is left to other programs of the application.</summary>
    [Range(1, 100)]
    public double BudgetPercent { get; init; } = 80;

    /// <summary>Longest download of one clip, in s.</summary>
    [Range(10, 86400)]
    public double DownloadSeconds { get; init; } = 600;

    /// <summary>Largest clip file in MiB.</summary>
    [Range(1, 100000)]
    public double MaxClipMiB { get; init; } = 500;
}
