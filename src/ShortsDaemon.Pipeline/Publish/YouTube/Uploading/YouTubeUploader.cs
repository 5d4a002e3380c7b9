using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

/// <summary>
/// Brings the video there, once. A session is saved before its first byte leaves, so one that was not saved never had any;
/// one that was saved is asked before anything is sent; one that is gone is cleared up by looking on the channel.
/// </summary>
public sealed class YouTubeUploader(
    YouTubeCalls calls,
    SessionStart start,
    SessionSend send,
    UploadSearch search,
    Alerts alerts,
    IDbContextFactory<ShortsDb> databases,
    TimeProvider time,
    ILogger<YouTubeUploader> log
) : IDisposable
{
    // Each upload holds a chunk in memory, and they share one line.
    private readonly Lane _lane = new(() => 2);

    /// <summary>When it ends, the promise has its remote id.</summary>
    internal async Task UploadAsync(Delivery delivery, CancellationToken cancel)
    {
        using var place = await _lane.EnterAsync(cancel);
        if (delivery.Promise.SessionUri is not null && await IsThereAsync(delivery, cancel))
            return;
        if (delivery.Promise.SessionUri is null)
            await start.OpenAsync(delivery, cancel);
        var sent = await send.SendAsync(delivery, cancel);
        if (sent.Video?.Id is not null)
            await ArriveAsync(delivery, sent.Video, cancel);
        // Failed is not "not uploaded".
        else if (!await IsThereAsync(delivery, cancel))
            throw sent.Failure ?? new UnavailableException("YouTube has not said what became of the upload");
    }

    public void Dispose() => _lane.Dispose();

    /// <returns>True: it has arrived. False: the session wants more, or there is none any more and never was a video.</returns>
    private async Task<bool> IsThereAsync(Delivery delivery, CancellationToken cancel)
    {
        var (status, video) = await AskAsync(delivery, cancel);
        if (status == 308)
        {
            await LeaveEarlierFileAsync(delivery, cancel);
            return false;
        }
        var isGone = status is 404 or 410;
        // "Done" without saying which video: it is on the channel, or will be.
        if (video?.Id is null && (video = await search.FindAsync(delivery, cancel)) is null)
        {
            await search.RequireListUpToDateAsync(delivery, isGone, cancel);
            await ForgetAsync(delivery, cancel);
            return false;
        }
        await ArriveAsync(delivery, video, cancel);
        return true;
    }

    private async Task<(int Status, VideoResource? Video)> AskAsync(Delivery delivery, CancellationToken cancel)
    {
        var total = await SizeAsync(delivery.Promise, delivery.Shipment.Rendition, cancel);
        using var service = delivery.Account.Calls();
        return await calls.TryAsync(
            delivery,
            QuotaBucket.Uploads,
            () => service.AskSessionAsync(new Uri(delivery.Promise.SessionUri!), total, cancel),
            cancel
        );
    }

    private async Task<long> SizeAsync(Publication promise, Rendition rendition, CancellationToken cancel)
    {
        if (promise.RenditionId == rendition.Id)
            return rendition.SizeBytes;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Renditions.Where(r => r.Id == promise.RenditionId).Select(r => r.SizeBytes).SingleAsync(cancel);
    }

    // A session for a Short that was made anew meanwhile cannot be gone on with: its file is lost.
    private async Task LeaveEarlierFileAsync(Delivery delivery, CancellationToken cancel)
    {
        if (delivery.Promise.RenditionId == delivery.Shipment.Rendition.Id)
            return;
        log.LogInformation("The upload of an earlier file is given up: {Destination}", delivery.Promise.Destination);
        await send.DropAsync(delivery, cancel);
    }

    private static Task ForgetAsync(Delivery delivery, CancellationToken cancel) =>
        delivery.NoteAsync(p => (p.SessionUri, p.SessionAt, p.AcknowledgedBytes) = (null, null, 0), cancel);

    private async Task ArriveAsync(Delivery delivery, VideoResource video, CancellationToken cancel)
    {
        await delivery.NoteAsync(
            p =>
            {
                (p.RemoteId, p.SessionUri) = (video.Id, null);
                p.PublishedAt ??= time.GetUtcNow();
                p.Title = video.Snippet?.Title ?? p.Title;
            },
            cancel
        );
        await alerts.ResolveAsync(UploadSearch.UnseenRule, delivery.Promise.Destination, cancel);
    }
}
