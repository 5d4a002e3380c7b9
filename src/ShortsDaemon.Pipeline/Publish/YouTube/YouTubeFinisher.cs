using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>What is left to do with a video that has arrived: playlist, a look at the processing, thumbnail, subtitles.</summary>
public sealed class YouTubeFinisher(
    YouTubeCalls calls,
    YouTubeSubtitles subtitles,
    Alerts alerts,
    LiveOptions options,
    TimeProvider time,
    ILogger<YouTubeFinisher> log
)
{
    private const string PrivacyRule = "PrivacyMismatch";
    private const int PlaylistUnits = 50;
    private const int ThumbnailUnits = 50;
    private const long MostThumbnailBytes = 2_000_000;
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastLook = TimeSpan.FromMinutes(5);

    /// <exception cref="NotYetException">It is still processed.</exception>
    /// <exception cref="RefusedByDestinationException">YouTube has thrown it out.</exception>
    internal async Task FinishAsync(Delivery delivery, CancellationToken cancel)
    {
        if (delivery.To.Playlist.Length > 0 && delivery.Promise.PlaylistAt is null)
            await EnlistAsync(delivery, cancel);
        if (!await IsProcessedAsync(delivery, cancel))
            return;
        if (delivery.To.Thumbnail && delivery.Promise.ThumbnailAt is null)
            await DressAsync(delivery, cancel);
        if (delivery.To.Subtitles)
            await subtitles.SendAsync(delivery, cancel);
    }

    // Adding is not idempotent, and whether an earlier try got through nobody knows: look first.
    private async Task EnlistAsync(Delivery delivery, CancellationToken cancel)
    {
        var (list, video) = (delivery.To.Playlist, delivery.Promise.RemoteId!);
        string? refusal = null;
        try
        {
            var entries = await calls.AskAsync(
                delivery,
                1,
                s => s.EntriesOfAsync(list, video, cancel),
                cancel,
                isOptional: true
            );
            if (entries.Items?.Any(e => e.Snippet?.ResourceId?.VideoId == video) != true)
                await calls.AskAsync(delivery, PlaylistUnits, s => s.AddToPlaylistAsync(list, video, cancel), cancel);
        }
        catch (YouTubeRefusedException e)
        {
            refusal = $"not put into the playlist: {e.Message}";
        }
        await delivery.NoteAsync(
            p => (p.PlaylistAt, p.Remark) = (time.GetUtcNow(), Delivery.Joined(p.Remark, refusal)),
            cancel
        );
    }

    /// <returns>False: nobody knows, and it has been waited for long enough.</returns>
    private async Task<bool> IsProcessedAsync(Delivery delivery, CancellationToken cancel)
    {
        var id = delivery.Promise.RemoteId!;
        var page = await calls.AskAsync(
            delivery,
            1,
            s => s.VideosAsync("status,processingDetails", [id], cancel),
            cancel
        );
        var video = page.Items?.FirstOrDefault(v => v.Id == id);
        if (video is not null)
            await ComparePrivacyAsync(delivery, video, cancel);
        switch (VideoFate.Of(video))
        {
            case VideoFate.Processed:
                return true;
            case VideoFate.Refused(var reason):
                throw new RefusedByDestinationException($"YouTube: {reason}");
        }
        var age = time.GetUtcNow() - (delivery.Promise.PublishedAt ?? time.GetUtcNow());
        if (age < TimeSpan.FromMinutes(options.Value.YouTube.ProcessingMinutes))
            throw new NotYetException(time.GetUtcNow() + Pause(age), "YouTube is still processing the Short");
        var remark = FormattableString.Invariant(
            $"after {options.Value.YouTube.ProcessingMinutes:0} minutes YouTube had not confirmed that it is processed"
        );
        log.LogWarning("{RemoteId}: {Remark}", id, remark);
        await delivery.RemarkAsync(remark, cancel);
        return false;
    }

    // Grows with the time that has passed: most are ready in minutes.
    private static TimeSpan Pause(TimeSpan age) =>
        age / 2 < FirstLook ? FirstLook
        : age / 2 > LastLook ? LastLook
        : age / 2;

    private async Task ComparePrivacyAsync(Delivery delivery, VideoResource video, CancellationToken cancel)
    {
        var (wanted, found) = (VideoMetadata.NameOf(delivery.To.Privacy), video.Status?.PrivacyStatus);
        // Sent ahead, it is private until its slot.
        var waits = delivery.To.UploadAhead && found == "private";
        var remark = $"its visibility is {found}, not {wanted}";
        var isTold = delivery.Promise.Remark?.Contains(remark, StringComparison.Ordinal) == true;
        if (found == wanted)
            await alerts.ResolveAsync(PrivacyRule, delivery.Promise.Destination, cancel);
        if (found is null || found == wanted || waits || isTold)
            return;
        await delivery.RemarkAsync(remark, cancel);
        await alerts.RaiseAsync(
            PrivacyRule,
            delivery.Promise.Destination,
            AlertLevel.Warning,
            $"YouTube shows https://youtube.com/shorts/{delivery.Promise.RemoteId}, but {remark}. Change it in YouTube Studio.",
            cancel
        );
    }

    private async Task DressAsync(Delivery delivery, CancellationToken cancel)
    {
        var refusal = await TryDressAsync(delivery, cancel);
        await delivery.NoteAsync(
            p => (p.ThumbnailAt, p.Remark) = (time.GetUtcNow(), Delivery.Joined(p.Remark, refusal)),
            cancel
        );
    }

    // A Short without our thumbnail is still a Short.
    private async Task<string?> TryDressAsync(Delivery delivery, CancellationToken cancel)
    {
        var picture = new FileInfo(delivery.Shipment.Thumbnail);
        if (!picture.Exists || picture.Length > MostThumbnailBytes)
            return "thumbnail not sent: " + (picture.Exists ? "larger than 2 MB" : "it is gone");
        var jpeg = await File.ReadAllBytesAsync(picture.FullName, cancel);
        try
        {
            await calls.AskAsync(
                delivery,
                ThumbnailUnits,
                async s =>
                {
                    await s.SetThumbnailAsync(delivery.Promise.RemoteId!, jpeg, cancel);
                    return true;
                },
                cancel,
                isOptional: true
            );
            return null;
        }
        catch (YouTubeRefusedException e)
        {
            return $"thumbnail refused: {e.Message}";
        }
    }
}
