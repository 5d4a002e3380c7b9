using ShortsDaemon.Tests;

namespace ShortsDaemon.IntegrationTests.World.Month;

/// <summary>The daemon's clock. The short pauses within one call are over at once; whatever else waits, waits for the test.</summary>
internal sealed class MonthTime(FakeTimeProvider clock) : TimeProvider
{
    // The daemon's own loops wait for 30 s and for a minute.
    private static readonly TimeSpan ShortestLoop = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestLoop = TimeSpan.FromMinutes(1);

    private int _loops;

    /// <summary>How often one of the daemon's loops has come to its pause.</summary>
    public int Loops => Volatile.Read(ref _loops);

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero && dueTime < ShortestLoop)
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        var timer = clock.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= ShortestLoop && dueTime <= LongestLoop)
            Interlocked.Increment(ref _loops);
        return timer;
    }
}
