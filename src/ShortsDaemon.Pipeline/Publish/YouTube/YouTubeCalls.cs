using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>Makes calls for a delivery: paid from the quota first, what goes wrong told in our own words.</summary>
public sealed class YouTubeCalls(QuotaLedger quota, YouTubeTrouble trouble)
{
    /// <param name="delivery">What it is for.</param>
    /// <param name="units">Its price.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="isOptional">A refusal is the caller's to bear and shuts no door.</param>
    internal async Task<T> AskAsync<T>(
        Delivery delivery,
        int units,
        Func<YouTubeService, Task<T>> call,
        CancellationToken cancel,
        bool isOptional = false
    )
    {
        await quota.SpendAsync(delivery.Project, QuotaBucket.Units, units, cancel);
        using var service = delivery.Account.Calls();
        return await TryAsync(delivery, QuotaBucket.Units, () => call(service), cancel, isOptional);
    }

    /// <summary>An upload is taken from its own bucket.</summary>
    internal Task SpendUploadAsync(Delivery delivery, CancellationToken cancel) =>
        quota.SpendAsync(delivery.Project, QuotaBucket.Uploads, 1, cancel);

    /// <summary>Runs it; what YouTube says comes back as what it means for us.</summary>
    internal async Task<T> TryAsync<T>(
        Delivery delivery,
        QuotaBucket bucket,
        Func<Task<T>> call,
        CancellationToken cancel,
        bool isOptional = false
    )
    {
        try
        {
            var answer = await call();
            trouble.Allowed(delivery);
            return answer;
        }
        catch (Exception e) when (YouTubeTrouble.Knows(e))
        {
            throw await trouble.OfAsync(e, delivery, bucket, isOptional, cancel);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new UnavailableException("YouTube does not answer in time", e);
        }
    }
}
