namespace ShortsDaemon.World.YouTube;

/// <summary>A video that came whole, as it is now.</summary>
/// <param name="VideoId">Eleven characters.</param>
/// <param name="ChannelId">Where it is.</param>
/// <param name="Privacy">private, unlisted or public; publishAt has its effect by the world's clock.</param>
/// <param name="PublishAt">What was asked for, also when it is past.</param>
/// <param name="Sha256">Of the bytes, lower-case hexadecimal.</param>
/// <param name="SizeBytes">How many came.</param>
/// <param name="At">When the last byte came.</param>
/// <param name="ThumbnailSha256">Null: none was set.</param>
/// <param name="PlaylistIds">One per entry: twice the same id means that it was added twice.</param>
/// <param name="State">uploaded, processed, failed, rejected, deleted.</param>
/// <param name="Reason">Why it failed or was rejected.</param>
/// <param name="File">The bytes on disk; null: they were not kept.</param>
public sealed record YouTubeUpload(
    string VideoId,
    string ChannelId,
    string Title,
    string Description,
    IReadOnlyList<string> Tags,
    string Privacy,
    DateTimeOffset? PublishAt,
    string Sha256,
    long SizeBytes,
    DateTimeOffset At,
    string? ThumbnailSha256,
    IReadOnlyList<string> PlaylistIds,
    string State
)
{
    public string? Reason { get; init; }
    public string CategoryId { get; init; } = "";
    public string? Language { get; init; }
    public bool? MadeForKids { get; init; }
    public bool? SyntheticMedia { get; init; }
    public bool NotifySubscribers { get; init; }
    public string? File { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<YouTubeCaptions> Captions { get; init; } = [];

    internal static YouTubeUpload Of(Video video, IReadOnlyList<string> playlists, DateTimeOffset now) =>
        new(
            video.Id,
            video.Channel.Id,
            video.Snippet.Title ?? "",
            video.Snippet.Description ?? "",
            video.Snippet.Tags ?? [],
            video.PrivacyAt(now),
            video.PublishAt,
            video.File.Sha256,
            video.File.Size,
            video.At,
            video.ThumbnailSha256,
            playlists,
            video.StateAt(now)
        )
        {
            Reason = video.IsProcessed(now) ? video.Outcome.Reason : null,
            CategoryId = video.Snippet.CategoryId ?? "",
            Language = video.Snippet.DefaultLanguage,
            MadeForKids = video.Status.SelfDeclaredMadeForKids,
            SyntheticMedia = video.Status.ContainsSyntheticMedia,
            NotifySubscribers = video.NotifiesSubscribers,
            File = video.File.Path,
            Captions = [.. video.Captions],
        };
}
