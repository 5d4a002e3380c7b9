namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;

/// <summary>One page of an answer.</summary>
internal sealed record HelixPage<T>
{
    public required IReadOnlyList<T> Data { get; init; }
    public HelixPagination? Pagination { get; init; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? Cursor => string.IsNullOrEmpty(Pagination?.Cursor) ? null : Pagination.Cursor;
}

internal sealed record HelixPagination(string? Cursor);

public sealed record HelixUser
{
    public required string Id { get; init; }
    public required string Login { get; init; }
    public string? DisplayName { get; init; }
}

internal sealed record HelixGame
{
    public required string Id { get; init; }
    public required string Name { get; init; }
}

/// <summary>A clip; what Twitch may leave out is null.</summary>
internal sealed record HelixClip
{
    public required string Id { get; init; }
    public required string BroadcasterId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required double Duration { get; init; }
    public string? Url { get; init; }
    public string? BroadcasterName { get; init; }
    public string? CreatorName { get; init; }
    public string? VideoId { get; init; }
    public string? GameId { get; init; }
    public string? Language { get; init; }
    public string? Title { get; init; }
    public int ViewCount { get; init; }
    public int? VodOffset { get; init; }
}

internal sealed record HelixDownload
{
    public required string ClipId { get; init; }
    public string? LandscapeDownloadUrl { get; init; }

    /// <summary>Its address lets anybody in: it never goes into a log.</summary>
    public override string ToString() => $"download of {ClipId}";
}
