using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>Makes calls for an errand: paid from the quota first, what goes wrong told in our own words.</summary>
public sealed class YouTubeCalls(QuotaLedger quota, YouTubeTrouble trouble, TimeProvider time)
{
    /// <param name="errand">What it is for.</param>
    /// <param name="units">Its price.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="isOptional">A refusal is the caller's to bear and shuts no door.</param>
    internal async Task<T> AskAsync<T>(
        Errand errand,
        int units,
        Func<YouTubeService, Task<T>> call,
        CancellationToken cancel,
        bool isOptional = false
    )
    {
        using var service = errand.Account.Calls();
        var paid = () => PaidAsync(errand.Project, QuotaBucket.Units, units, () => call(service), cancel);
        return await TryAsync(errand, QuotaBucket.Units, paid, cancel, isOptional);
    }

    /// <summary>Begins an upload, which is taken from its own bucket.</summary>
    internal async Task<T> BeginUploadAsync<T>(Errand errand, Func<Task<T>> call, CancellationToken cancel)
    {
        var answer = await TryAsync(
            errand,
            QuotaBucket.Uploads,
            async () =>
            {
                await errand.Account.SignAsync(cancel);
                return await PaidAsync(errand.Project, QuotaBucket.Uploads, 1, call, cancel);
            },
            cancel
        );
        await trouble.UploadAllowedAsync(errand, cancel);
        return answer;
    }

    /// <summary>Runs it; what YouTube says comes back as what it means for us.</summary>
    internal async Task<T> TryAsync<T>(
        Errand errand,
        QuotaBucket bucket,
        Func<Task<T>> call,
        CancellationToken cancel,
        bool isOptional = false
    )
    {
        try
        {
            var answer = await call();
            await trouble.AllowedAsync(errand, cancel);
            return answer;
        }
        catch (Exception e) when (YouTubeTrouble.Knows(e))
        {
            throw await trouble.OfAsync(e, errand, bucket, isOptional, cancel);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new UnavailableException("YouTube does not answer in time", e);
        }
    }

    // Given back when nothing can have come of it.
    private async Task<T> PaidAsync<T>(
        string project,
        QuotaBucket bucket,
        int cost,
        Func<Task<T>> call,
        CancellationToken cancel
    )
    {
        var spentAt = time.GetUtcNow();
        await quota.SpendAsync(project, bucket, cost, cancel);
        try
        {
            return await call();
        }
        catch (Exception e) when (CallCost.IsFree(e))
        {
            await quota.RefundAsync(project, bucket, cost, spentAt, cancel);
            throw;
        }
    }
}
