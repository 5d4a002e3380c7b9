namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;

/// <summary>
/// Lets calls out evenly, first come first served, so that in no minute more go out than our share of what Twitch allows.
/// Everybody who asks with the same token passes through the same budget.
/// </summary>
/// <param name="share">Our share, 0 to 1; asked each time: follows a changed configuration.</param>
/// <param name="limit">Points of a minute as long as Twitch has told no other number.</param>
/// <param name="time">Clock; only elapsed time counts, so that a clock that jumps changes nothing.</param>
internal sealed class RateBudget(Func<double> share, double limit, TimeProvider time) : IDisposable
{
    // A twelfth of the minute may go out at once; the rest flows.
    private const double BurstShare = 1 / 12.0;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private double _limit = limit;
    private double _points = double.MaxValue;
    private long _filledAt = time.GetTimestamp();
    private TimeSpan _closedFor;
    private long _closedAt;

    private double Budget => Math.Max(1, _limit * share());
    private double Burst => Math.Max(1, Budget * BurstShare);
    private double PerSecond => Math.Max(Budget - Burst, Budget / 2) / 60;

    /// <summary>Waits until one call may go out.</summary>
    public async Task TakeAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            while (TakeOrWait() is { } wait)
                await Task.Delay(wait, time, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What an answer told: how many points a minute has, and how many are left for all who use this token.</summary>
    public void Learn(double limit, double remaining)
    {
        lock (_lock)
        {
            _limit = Math.Max(1, limit);
            // Somebody else draws from it, too: what we leave to others has to fill up again first.
            var reserve = _limit * (1 - share());
            if (remaining < reserve)
                Close(TimeSpan.FromMinutes((reserve - remaining) / _limit));
        }
    }

    /// <summary>Nothing goes out for this long, then at the usual pace.</summary>
    public void CloseFor(TimeSpan wait)
    {
        lock (_lock)
        {
            Close(wait);
            _points = 0;
        }
    }

    public void Dispose() => _turn.Dispose();

    private TimeSpan? TakeOrWait()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _points = Math.Min(Burst, _points + time.GetElapsedTime(_filledAt, now).TotalSeconds * PerSecond);
            _filledAt = now;
            var closed = _closedFor - time.GetElapsedTime(_closedAt, now);
            if (closed > TimeSpan.Zero)
                return AtLeastATick(closed);
            if (_points < 1)
                return AtLeastATick(TimeSpan.FromSeconds((1 - _points) / PerSecond));
            _points--;
            return null;
        }
    }

    // Timers count milliseconds: less than one would come back too early, again and again.
    private static TimeSpan AtLeastATick(TimeSpan wait) =>
        TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));

    private void Close(TimeSpan wait)
    {
        var now = time.GetTimestamp();
        if (wait <= _closedFor - time.GetElapsedTime(_closedAt, now))
            return;
        (_closedFor, _closedAt) = (wait, now);
    }
}
