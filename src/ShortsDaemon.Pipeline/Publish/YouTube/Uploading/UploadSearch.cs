using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

/// <summary>Looks for the marker among the uploads of the channel: the last resort when a session is gone.</summary>
public sealed class UploadSearch(UploadList uploads, Alerts alerts, TimeProvider time)
{
    /// <summary>Rule of the alert; its subject is the destination.</summary>
    public const string UnreadableRule = "UploadsUnreadable";

    /// <summary>Rule of the alert for a video that YouTube has, it says, and does not show; its subject is the destination.</summary>
    public const string UnseenRule = "UploadUnseen";

    private const int MostPages = 40;

    /// <summary>How long the list of uploads may lag behind the uploads.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan Slack = TimeSpan.FromHours(2);
    private static readonly TimeSpan TellAfter = TimeSpan.FromHours(2);
    private static readonly TimeSpan EnoughAfter = TimeSpan.FromHours(6);

    /// <returns>The Short on the channel; null: a list that was read far enough does not have it.</returns>
    /// <exception cref="UnavailableException">The list could not be read far enough, which says nothing.</exception>
    internal async Task<VideoResource?> FindAsync(Delivery delivery, CancellationToken cancel)
    {
        VideoResource? found;
        try
        {
            found = await LookAsync(delivery, cancel);
        }
        catch (UploadsUnreadableException e)
        {
            var reason = $"Whether YouTube has the Short is not known: {e.Message}";
            await TellAsync(delivery, reason, cancel);
            throw new UnavailableException(reason, e);
        }
        await alerts.ResolveAsync(UnreadableRule, delivery.Promise.Destination, cancel);
        return found;
    }

    /// <summary>A video that is not in the list may still come into it.</summary>
    /// <param name="delivery">What was looked for.</param>
    /// <param name="mayBeLost">False: YouTube says that the video exists, so the list only has to catch up.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="NotYetException">It is too early to say that it is not there.</exception>
    /// <exception cref="ArrivedUnseenException">YouTube says that it exists, and has not shown it for hours.</exception>
    internal async Task RequireListUpToDateAsync(Delivery delivery, bool mayBeLost, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var last = LastSent(delivery.Promise);
        // Later than now: the clock was wrong then, and how long ago it was is counted from here.
        if (last > now)
            await delivery.NoteAsync(p => p.SessionAt = last = now, cancel);
        var age = now - last;
        if (mayBeLost && age >= Lag)
            return;
        if (age >= EnoughAfter)
            throw await UnseenAsync(delivery, cancel);
        throw new NotYetException(
            now + Pause(age),
            "YouTube's upload session has ended, and the list of uploads may not show yet what came of it"
        );
    }

    private static TimeSpan Pause(TimeSpan age) =>
        age / 4 < LookAgain ? LookAgain
        : age / 4 > LongestPause ? LongestPause
        : age / 4;

    private async Task<Exception> UnseenAsync(Delivery delivery, CancellationToken cancel)
    {
        var reason =
            "YouTube has taken the upload without saying which video it became, and the channel has not shown it for "
            + $"{EnoughAfter.TotalHours:0} hours. Look for it in YouTube Studio.";
        await alerts.RaiseAsync(
            UnseenRule,
            delivery.Promise.Destination,
            AlertLevel.Warning,
            $"'{delivery.Shipment.Item.Title}': {reason}",
            cancel
        );
        return new ArrivedUnseenException(reason);
    }

    private static DateTimeOffset LastSent(Publication promise) => promise.SessionAt ?? promise.IntendedAt;

    private async Task<VideoResource?> LookAsync(Delivery delivery, CancellationToken cancel)
    {
        var promise = delivery.Promise;
        var marker = promise.Marker ?? ShortMarker.Of(delivery.Shipment.Item, promise.Destination);
        // What is older than the promise cannot be it.
        await foreach (var videos in uploads.ReadAsync(delivery, Begin(promise), MostPages, cancel))
            if (Marked(videos, marker) is { } found)
                return found;
        return null;
    }

    // A clock that was ahead then must not end the search before the video.
    private DateTimeOffset Begin(Publication promise)
    {
        var (begin, now) = (promise.IntendedAt, time.GetUtcNow());
        return (begin < now ? begin : DateTimeOffset.MinValue + Slack) - Slack;
    }

    private static VideoResource? Marked(IReadOnlyList<VideoResource> videos, string marker) =>
        videos.Where(v => IsMarked(v, marker)).OrderBy(v => v.Snippet?.PublishedAt).FirstOrDefault();

    private async Task TellAsync(Delivery delivery, string reason, CancellationToken cancel)
    {
        var promise = delivery.Promise;
        var (now, last) = (time.GetUtcNow(), LastSent(promise));
        if (last > now)
            await delivery.NoteAsync(p => p.SessionAt = now, cancel);
        else if (now - last >= TellAfter)
            await alerts.RaiseAsync(
                UnreadableRule,
                promise.Destination,
                AlertLevel.Warning,
                $"{reason}. '{delivery.Shipment.Item.Title}' is not sent again before that is known. Look at the channel in YouTube Studio.",
                cancel
            );
    }

    private static bool IsMarked(VideoResource video, string marker) =>
        video.Snippet?.Tags?.Contains(marker, StringComparer.OrdinalIgnoreCase) == true
        || video.Snippet?.Description?.Contains(marker, StringComparison.Ordinal) == true;
}
