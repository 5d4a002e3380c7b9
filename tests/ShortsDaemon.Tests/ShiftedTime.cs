namespace ShortsDaemon.Tests;

/// <summary>Somebody else's clock, which shows another time than ours.</summary>
internal sealed class ShiftedTime(TimeProvider ours, TimeSpan ahead) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => ours.LocalTimeZone;

    public override long TimestampFrequency => ours.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => ours.GetUtcNow() + ahead;

    public override long GetTimestamp() => ours.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        ours.CreateTimer(callback, state, dueTime, period);
}
