namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>
/// Time that this process was really running: it grows by no more than a moment between two looks. Sleep of the machine, a
/// stopped process and a clock that is set do not count, so that nothing seems to have stood still meanwhile.
/// </summary>
/// <param name="time">The steady clock.</param>
/// <param name="longest">The most that counts between two looks.</param>
internal sealed class AwakeTime(TimeProvider time, TimeSpan longest)
{
    private long _last = time.GetTimestamp();
    private long _ticks;

    public TimeSpan Now => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>Called at each look, by one thread.</summary>
    public void Look()
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(_last, now);
        _last = now;
        Interlocked.Add(ref _ticks, (passed < longest ? passed : longest).Ticks);
    }
}
