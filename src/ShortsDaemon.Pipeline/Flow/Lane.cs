using System.Threading.RateLimiting;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Lets a limited number of items use a scarce thing at once, first come first served.</summary>
/// <param name="width">How many, asked again each time: follows a changed configuration.</param>
public sealed class Lane(Func<int> width) : IDisposable
{
    private readonly Lock _lock = new();
    private ConcurrencyLimiter _limiter = Make(width());
    private CancellationTokenSource _replaced = new();
    private int _width = width();

    /// <summary>How many wait for a place.</summary>
    public int Waiting => (int)Current().Limiter.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Waits for a place; dispose the result to give it back.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancel)
    {
        using var rest = WorkSign.Rest();
        while (true)
        {
            var (limiter, replaced) = Current();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, replaced);
            try
            {
                return await limiter.AcquireAsync(1, either.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                continue; // the width changed: queue up in the new lane
            }
        }
    }

    /// <summary>Call when the width may have changed, so that those who wait already gain by it.</summary>
    public void Follow() => Current();

    // Whoever is in the old lane keeps its place there: after a change it may be fuller for a moment.
    private (ConcurrencyLimiter Limiter, CancellationToken Replaced) Current()
    {
        lock (_lock)
        {
            if (width() != _width)
            {
                var replaced = _replaced;
                (_width, _limiter, _replaced) = (width(), Make(width()), new CancellationTokenSource());
                replaced.Cancel();
            }
            return (_limiter, _replaced.Token);
        }
    }

    public void Dispose()
    {
        _limiter.Dispose();
        _replaced.Dispose();
    }

    private static ConcurrencyLimiter Make(int width) =>
        new(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = width,
                QueueLimit = int.MaxValue,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
}

/// <summary>The lanes of one box.</summary>
/// <param name="Encode">Makes Shorts: processor and graphics card.</param>
/// <param name="Download">Brings recordings: disk and network.</param>
public sealed record Lanes(Lane Encode, Lane Download);
