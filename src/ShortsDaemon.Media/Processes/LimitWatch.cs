namespace ShortsDaemon.Media.Processes;

/// <summary>Watches how long a process runs and how long it makes no progress.</summary>
internal sealed class LimitWatch(ProcessLimits limits, TimeProvider time)
{
    // Timers take no more than 49 days; looking up once an hour costs nothing.
    private static readonly TimeSpan LongestNap = TimeSpan.FromHours(1);

    private readonly long _started = time.GetTimestamp();
    private long _lastProgress = time.GetTimestamp();

    public void Progress() => Interlocked.Exchange(ref _lastProgress, time.GetTimestamp());

    /// <returns>The limit that was reached, in words; null when the run was over first.</returns>
    public async Task<string?> ReachedAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var (left, words) = Nearest();
            if (left <= TimeSpan.Zero)
                return words;
            await Task.Delay(Nap(left), time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return null;
    }

    private (TimeSpan Left, string Words) Nearest()
    {
        var run = Left(limits.Time, _started);
        var quiet = Left(limits.Stall ?? Timeout.InfiniteTimeSpan, Interlocked.Read(ref _lastProgress));
        return run <= quiet
            ? (run, $"ran longer than its limit of {limits.Time.TotalSeconds:0.###} s")
            : (quiet, $"made no progress for {limits.Stall?.TotalSeconds:0.###} s");
    }

    private TimeSpan Left(TimeSpan limit, long since) =>
        limit == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : limit - time.GetElapsedTime(since);

    // Timers count whole milliseconds: rounded down, the last fraction of one would be a busy loop.
    private static TimeSpan Nap(TimeSpan left) =>
        left > LongestNap ? LongestNap : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
}
