using System.Runtime.ExceptionServices;
using Google.Apis.Upload;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

/// <summary>How the sending ended.</summary>
/// <param name="Video">What YouTube made of it; null: it has not said.</param>
/// <param name="Failure">What went wrong, if anything is known.</param>
internal sealed record Sent(VideoResource? Video, Exception? Failure = null);

/// <summary>Sends the file into a saved session, from wherever YouTube holds it.</summary>
public sealed class SessionSend(YouTubeCalls calls, LiveOptions options, TimeProvider time, ILogger<SessionSend> log)
{
    private YouTubeOptions Settings => options.Value.YouTube;

    /// <returns>A video, or that nobody knows: the session has to be asked then.</returns>
    /// <exception cref="MissingArtefactException">The file has changed on disk; what was sent of it is given up.</exception>
    internal async Task<Sent> SendAsync(Delivery delivery, CancellationToken cancel)
    {
        await using var file = await OpenAsync(delivery, cancel);
        using var watch = WatchOver(delivery, file.Length);
        using var service = delivery.Account.Uploads(watch);
        var upload = new VideoUpload(service, file, Settings.ChunkMiB);
        try
        {
            var send = () => RunAsync(upload, new Uri(delivery.Promise.SessionUri!), watch, cancel);
            return new(await calls.TryAsync(delivery, QuotaBucket.Uploads, send, cancel));
        }
        catch (Exception) when (file.IsDamaged)
        {
            await DropAsync(delivery, cancel);
            throw ApprovedFile.NotApproved();
        }
        catch (Exception) when (watch.Reason is not null)
        {
            ExceptionDispatchInfo.Throw(watch.Reason);
            throw;
        }
        catch (YouTubeRefusedException e) when (e.Refusal.Kind == RefusalKind.Gone)
        {
            return new(null, new UnavailableException(e.Message, e));
        }
        catch (Exception e) when (watch.IsDone)
        {
            return new(null, e);
        }
    }

    /// <summary>Gives the session up and forgets it. Without its last byte it never becomes a video.</summary>
    internal async Task DropAsync(Delivery delivery, CancellationToken cancel)
    {
        using var service = delivery.Account.Calls();
        try
        {
            await service.DropSessionAsync(new Uri(delivery.Promise.SessionUri!), cancel);
        }
        catch (Exception e) when (e is NotYetException || YouTubeTrouble.Knows(e))
        {
            log.LogInformation("An upload session was left to end by itself: {Reason}", e.GetType().Name);
        }
        await delivery.NoteAsync(p => (p.SessionUri, p.SessionAt, p.AcknowledgedBytes) = (null, null, 0), cancel);
    }

    private async Task<ApprovedFile> OpenAsync(Delivery delivery, CancellationToken cancel)
    {
        try
        {
            return await ApprovedFile.OpenAsync(delivery.Shipment.Video, delivery.Promise.Sha256, cancel);
        }
        catch (MissingArtefactException)
        {
            await DropAsync(delivery, cancel);
            throw;
        }
    }

    private async Task<VideoResource?> RunAsync(
        VideoUpload upload,
        Uri session,
        UploadWatch watch,
        CancellationToken cancel
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, watch.End);
        try
        {
            // Asks first, also when the session is new: one way for all.
            var progress = await upload.ResumeAsync(session, stop.Token);
            if (progress.Status == UploadStatus.Completed)
                return upload.ResponseBody;
            ExceptionDispatchInfo.Throw(
                progress.Exception is AggregateException many ? many.GetBaseException() : progress.Exception
            );
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new UnavailableException(
                FormattableString.Invariant($"The upload to YouTube stood still for {Settings.StallSeconds:0.#} s"),
                e
            );
        }
        return null;
    }

    private UploadWatch WatchOver(Delivery delivery, long total) =>
        new(
            total,
            new Pace(Settings.UploadKiBPerSecond * 1024, time),
            TimeSpan.FromSeconds(Settings.StallSeconds),
            time
        )
        {
            Acknowledged = (held, cancel) =>
                delivery.NoteAsync(p => (p.AcknowledgedBytes, p.SessionAt) = (held, time.GetUtcNow()), cancel),
            LastChunk = cancel => delivery.NoteAsync(p => p.SessionAt = time.GetUtcNow(), cancel),
        };
}
