using System.Runtime.CompilerServices;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

/// <summary>Reads the uploads of a channel, newest first.</summary>
public sealed class UploadList(YouTubeCalls calls)
{
    /// <param name="errand">For whom; the account tells the channel.</param>
    /// <param name="begin">What is older is of no interest.</param>
    /// <param name="mostPages">Of 50 uploads, 2 units each.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The videos page by page. Whoever reads to the end has seen all since the beginning.</returns>
    /// <exception cref="UploadsUnreadableException">The list could not be read so far, which says nothing of what is there.</exception>
    internal async IAsyncEnumerable<IReadOnlyList<VideoResource>> ReadAsync(
        Errand errand,
        DateTimeOffset begin,
        int mostPages,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var list = await ListAsync(errand, cancel);
        string? next = null;
        for (var page = 0; page < mostPages; page++)
        {
            var entries = await EntriesAsync(errand, list, next, cancel);
            yield return await VideosAsync(errand, entries, cancel);
            next = entries.NextPageToken;
            var oldest = entries.Items?.Min(e => e.Snippet?.PublishedAt);
            if (string.IsNullOrEmpty(next) || oldest < begin)
                yield break;
        }
        throw new UploadsUnreadableException(
            $"its list of uploads does not reach back to {begin:u} in {mostPages} pages"
        );
    }

    private async Task<string> ListAsync(Errand errand, CancellationToken cancel)
    {
        var channels = await calls.AskAsync(errand, 1, s => s.MyChannelAsync(cancel), cancel);
        var list = channels.Items is [{ } channel, ..] ? channel.ContentDetails?.RelatedPlaylists?.Uploads : null;
        return list is { Length: > 0 }
            ? list
            : throw new UploadsUnreadableException("it does not say where the list of uploads is");
    }

    private async Task<Page<PlaylistEntry>> EntriesAsync(
        Errand errand,
        string list,
        string? page,
        CancellationToken cancel
    )
    {
        try
        {
            return await calls.AskAsync(errand, 1, s => s.EntriesAsync(list, page, cancel), cancel);
        }
        catch (YouTubeRefusedException e)
        {
            throw new UploadsUnreadableException($"it does not show the list of uploads ({e.Refusal.Words})", e);
        }
    }

    // The list still shows what was deleted; the videos themselves do not.
    private async Task<IReadOnlyList<VideoResource>> VideosAsync(
        Errand errand,
        Page<PlaylistEntry> entries,
        CancellationToken cancel
    )
    {
        var ids = entries.Items?.Select(e => e.Snippet?.ResourceId?.VideoId).OfType<string>().ToList() ?? [];
        if (ids.Count == 0)
            return [];
        var videos = await calls.AskAsync(errand, 1, s => s.VideosAsync("snippet,status", ids, cancel), cancel);
        return [.. videos.Items?.Where(v => v.Id is not null) ?? []];
    }
}

/// <summary>YouTube does not show the uploads of a channel, or not far enough back.</summary>
internal sealed class UploadsUnreadableException(string reason, Exception? inner = null) : Exception(reason, inner);
