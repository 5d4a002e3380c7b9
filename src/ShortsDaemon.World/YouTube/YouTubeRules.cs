namespace ShortsDaemon.World.YouTube;

/// <summary>How YouTube behaves from now on. All times are by the world's clock.</summary>
public sealed class YouTubeRules
{
    /// <summary>From the last byte to the end of processing.</summary>
    public TimeSpan ProcessingTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How far the uploads playlist lags behind.</summary>
    public TimeSpan ListLag { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long deleted videos stay in the uploads playlist. Failed and rejected ones stay for good.</summary>
    public TimeSpan GhostTime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The bytes of a video that is on the channel already are rejected as duplicate.</summary>
    public bool RejectsDuplicates { get; set; } = true;

    /// <summary>Set: every new video gets this privacy, whatever was asked for.</summary>
    public string? ForcedPrivacy { get; set; }

    /// <summary>True: an answer without items has no member of that name at all.</summary>
    public bool OmitsEmptyItems { get; set; }

    /// <summary>Life of an upload session.</summary>
    public TimeSpan SessionLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Set: of each chunk no more than that many bytes are stored (rounded down to 256 KiB); 0: the upload never gets on.</summary>
    public long? KeepsPerChunk { get; set; }

    /// <summary>Set: video bytes are taken at this rate.</summary>
    public long? BytesPerSecond { get; set; }

    /// <summary>False: the bytes of a whole video are dropped once their hash is known (for runs over many days).</summary>
    public bool KeepsFiles { get; set; } = true;

    /// <summary>Largest thumbnail. The real limit is higher by now; 2 MiB is always safe.</summary>
    public int ThumbnailBytes { get; set; } = 2 * 1024 * 1024;
}
