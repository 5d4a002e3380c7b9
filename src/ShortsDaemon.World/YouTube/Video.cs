namespace ShortsDaemon.World.YouTube;

/// <summary>A video on a channel. Guarded by the lock of <see cref="YouTubeState"/>.</summary>
internal sealed class Video(string id, Channel channel, DateTimeOffset at, StoredFile file)
{
    private DateTimeOffset? _publicSince;

    public string Id => id;
    public Channel Channel => channel;
    public DateTimeOffset At => at;
    public StoredFile File => file;

    public required SnippetBody Snippet { get; set; }
    public StatusBody Status { get; private set; } = new();
    public bool NotifiesSubscribers { get; init; }
    public required ProcessingOutcome Outcome { get; init; }
    public required DateTimeOffset ProcessedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public string? ThumbnailSha256 { get; set; }
    public List<YouTubeCaptions> Captions { get; } = [];

    /// <summary>The planned time of publication.</summary>
    public DateTimeOffset? PublishAt => Status.PublishAt is { } text ? MetadataRules.Instant(text) : null;

    /// <summary>Without a privacy the video is public.</summary>
    public void SetStatus(StatusBody status, DateTimeOffset now)
    {
        Status = status with { PrivacyStatus = status.PrivacyStatus ?? "public" };
        if (Status.PrivacyStatus == "public")
            _publicSince ??= now;
    }

    public bool WasPublic(DateTimeOffset now) => _publicSince is not null || now >= PublishAt;

    public string PrivacyAt(DateTimeOffset now) => now >= PublishAt ? "public" : Status.PrivacyStatus!;

    public bool IsProcessed(DateTimeOffset now) => now >= ProcessedAt && Outcome != ProcessingOutcome.NeverEnds;

    /// <returns>uploadStatus.</returns>
    public string StateAt(DateTimeOffset now) =>
        DeletedAt is not null ? "deleted"
        : IsProcessed(now) ? Outcome.Status
        : "uploaded";

    /// <summary>True for what viewers could see in the end: it is neither deleted nor refused.</summary>
    public bool Counts(DateTimeOffset now) => StateAt(now) is "uploaded" or "processed";
}

/// <param name="Path">Where the bytes are; null: they were not kept.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Size">Bytes.</param>
internal sealed record StoredFile(string? Path, string Sha256, long Size);
