using ShortsDaemon.Pipeline.Publish.YouTube;

namespace ShortsDaemon.Pipeline.Publish.Quota;

/// <summary>What is counted for itself.</summary>
public enum QuotaBucket
{
    /// <summary>Videos sent.</summary>
    Uploads,
    Searches,

    /// <summary>Everything else, by its cost.</summary>
    Units,
}

internal static class QuotaBuckets
{
    /// <summary>The name in the database and in messages.</summary>
    public static string Name(this QuotaBucket bucket) => bucket.ToString().ToLowerInvariant();

    public static long Cap(this QuotaBucket bucket, YouTubeQuotaOptions options) =>
        bucket switch
        {
            QuotaBucket.Uploads => options.UploadsPerDay,
            QuotaBucket.Searches => options.SearchesPerDay,
            _ => options.UnitsPerDay,
        };
}
