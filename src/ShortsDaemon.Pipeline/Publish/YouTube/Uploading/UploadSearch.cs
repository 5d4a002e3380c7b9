using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

/// <summary>Looks for the marker among the uploads of the channel: the last resort when a session is gone.</summary>
public sealed class UploadSearch(YouTubeCalls calls, TimeProvider time)
{
    private const int MostPages = 10;

    /// <summary>How long the list of uploads may lag behind the uploads.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Slack = TimeSpan.FromHours(2);

    /// <returns>The Short on the channel; null: not in the list.</returns>
    internal async Task<VideoResource?> FindAsync(Delivery delivery, CancellationToken cancel)
    {
        if (delivery.Promise.Marker is not { } marker || await UploadsAsync(delivery, cancel) is not { } list)
            return null;
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var token = next;
            var entries = await calls.AskAsync(delivery, 1, s => s.EntriesAsync(list, token, cancel), cancel);
            var ids = entries.Items?.Select(e => e.Snippet?.ResourceId?.VideoId).OfType<string>().ToList() ?? [];
            if (ids.Count > 0 && await FindAsync(delivery, marker, ids, cancel) is { } found)
                return found;
            next = entries.NextPageToken;
            // Newest first: what is older than the promise cannot be it.
            var oldest = entries.Items?.Min(e => e.Snippet?.PublishedAt);
            if (next is null || oldest < delivery.Promise.IntendedAt - Slack)
                break;
        }
        return null;
    }

    /// <summary>A video that is not in the list may still come into it.</summary>
    /// <param name="delivery">What was looked for.</param>
    /// <param name="mayBeLost">False: YouTube says that the video exists, so the list only has to catch up.</param>
    /// <exception cref="NotYetException">It is too early to say that it is not there.</exception>
    internal void RequireListUpToDate(Delivery delivery, bool mayBeLost)
    {
        var now = time.GetUtcNow();
        var last = delivery.Promise.SessionAt ?? delivery.Promise.IntendedAt;
        // Later than now: the clock was wrong then, and nothing is known about how long ago it was.
        var isOld = last <= now && now - last >= Lag;
        if (mayBeLost && isOld)
            return;
        throw new NotYetException(
            now + LookAgain,
            "YouTube's upload session has ended, and the list of uploads may not show yet what came of it"
        );
    }

    private async Task<string?> UploadsAsync(Delivery delivery, CancellationToken cancel)
    {
        var channels = await calls.AskAsync(delivery, 1, s => s.MyChannelAsync(cancel), cancel);
        return channels.Items is [{ } channel, ..] ? channel.ContentDetails?.RelatedPlaylists?.Uploads : null;
    }

    // The list still shows what was deleted; the videos themselves do not.
    private async Task<VideoResource?> FindAsync(
        Delivery delivery,
        string marker,
        List<string> ids,
        CancellationToken cancel
    )
    {
        var videos = await calls.AskAsync(delivery, 1, s => s.VideosAsync("snippet,status", ids, cancel), cancel);
        return videos
            .Items?.Where(v => v.Id is not null && IsMarked(v, marker))
            .OrderBy(v => v.Snippet?.PublishedAt)
            .FirstOrDefault();
    }

    private static bool IsMarked(VideoResource video, string marker) =>
        video.Snippet?.Tags?.Contains(marker, StringComparer.OrdinalIgnoreCase) == true
        || video.Snippet?.Description?.Contains(marker, StringComparison.Ordinal) == true;
}
