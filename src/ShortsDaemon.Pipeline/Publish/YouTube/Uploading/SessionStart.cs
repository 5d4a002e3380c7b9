using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Text;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

/// <summary>Opens an upload session and saves it. No byte of the video has left then.</summary>
public sealed class SessionStart(YouTubeCalls calls, LiveOptions options, TimeProvider time, ILogger<SessionStart> log)
{
    internal async Task OpenAsync(Delivery delivery, CancellationToken cancel)
    {
        var (promise, shipment) = (delivery.Promise, delivery.Shipment);
        await shipment.Outbox.RenewAsync(promise, shipment.Rendition, cancel);
        if (promise.Marker is null)
        {
            var marker = ShortMarker.Of(shipment.Item, promise.Destination);
            await delivery.NoteAsync(p => p.Marker = marker, cancel);
        }
        var (session, title) = await AskAsync(delivery, cancel);
        await delivery.NoteAsync(
            p =>
            {
                (p.SessionUri, p.SessionAt) = (session.AbsoluteUri, time.GetUtcNow());
                (p.AcknowledgedBytes, p.Title) = (0, title);
            },
            cancel
        );
    }

    // Metadata that YouTube does not like: once more in the plainest words, then it is over.
    private async Task<(Uri Session, string Title)> AskAsync(Delivery delivery, CancellationToken cancel)
    {
        var words = TextOf(delivery);
        try
        {
            return (await AskOnceAsync(delivery, words, cancel), words.Title);
        }
        catch (YouTubeRefusedException e) when (e.Refusal.Kind == RefusalKind.Metadata)
        {
            log.LogWarning("{Reason}; now in the plainest words", e.Message);
        }
        words = PlainText.Of(words);
        try
        {
            return (await AskOnceAsync(delivery, words, cancel), words.Title);
        }
        catch (YouTubeRefusedException e) when (e.Refusal.Kind == RefusalKind.Metadata)
        {
            throw new RefusedByDestinationException(e.Message, e);
        }
    }

    // Our own tag and the comma after it need room, too.
    private static PostText TextOf(Delivery delivery)
    {
        var limits = PostLimits.YouTube;
        var room = limits.Tags - delivery.Promise.Marker!.Length - 1;
        return PostText.Of(delivery.Shipment.Item, delivery.To, limits with { Tags = room });
    }

    private async Task<Uri> AskOnceAsync(Delivery delivery, PostText words, CancellationToken cancel)
    {
        await using var file = await ApprovedFile.OpenAsync(delivery.Shipment.Video, delivery.Promise.Sha256, cancel);
        using var service = delivery.Account.Calls();
        var upload = new VideoUpload(service, file, options.Value.YouTube.ChunkMiB)
        {
            Body = VideoMetadata.Of(delivery, words, time.GetUtcNow()),
            NotifySubscribers = delivery.To.NotifySubscribers,
        };
        var session = await calls.BeginUploadAsync(delivery, () => upload.InitiateSessionAsync(cancel), cancel);
        return session ?? throw new UnavailableException("YouTube has opened no upload session");
    }
}
