namespace ShortsDaemon.Tests;

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class FakeTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _wallClockAtStart = start.ToUniversalTime();
    private TimeSpan _elapsed;

    public FakeTimeProvider()
        : this(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero)) { }

    /// <summary>How many timers wait, to see that the code under test has come to its delay.</summary>
    public int WaitingTimers => Locked(() => _timers.Count);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Locked(() => _wallClockAtStart + _elapsed);

    public override long GetTimestamp() => Locked(() => _elapsed.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on and fires the timers that fall due, in order, each at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        var end = Locked(() => _elapsed) + by;
        while (Locked(() => TakeDue(end)) is { } callback)
            callback();
        Locked(() => _elapsed = end);
    }

    /// <summary>Somebody sets the machine's clock: timers and timestamps do not notice.</summary>
    public void JumpWallClock(TimeSpan by) => Locked(() => _wallClockAtStart += by);

    private T Locked<T>(Func<T> action)
    {
        lock (_lock)
            return action();
    }

    private Action? TakeDue(TimeSpan end)
    {
        var timer = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
        if (timer is null)
            return null;
        _timers.Remove(timer);
        _elapsed = timer.Due > _elapsed ? timer.Due : _elapsed;
        if (timer.Period > TimeSpan.Zero)
            Arm(timer, _elapsed + timer.Period);
        return timer.Callback;
    }

    private void Arm(FakeTimer timer, TimeSpan due)
    {
        timer.Due = due;
        _timers.Add(timer);
    }

    private sealed class FakeTimer(FakeTimeProvider clock, Action callback) : ITimer
    {
        public Action Callback => callback;
        public TimeSpan Due { get; set; }
        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                Period = period;
                if (dueTime >= TimeSpan.Zero)
                    clock.Arm(this, clock._elapsed + dueTime);
            }
            if (dueTime == TimeSpan.Zero)
                clock.Advance(TimeSpan.Zero);
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
