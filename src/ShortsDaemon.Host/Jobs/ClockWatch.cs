using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs;

/// <summary>
/// Notices that somebody set the clock or that the machine slept. Forward the misfire rules see to what was missed; but a
/// clock set back would leave every schedule and every retry waiting for a time that has been already.
/// </summary>
/// <param name="uptime">Time since the machine started, sleep included; null: this system does not tell.</param>
internal sealed class ClockWatch(
    TimeProvider time,
    Disturbances disturbances,
    ILogger<ClockWatch> log,
    Func<TimeSpan?> uptime
)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    // Time servers nudge the clock by less.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private Moment? _last;

    /// <param name="setBack">Called after the clock was set back.</param>
    /// <param name="cancel">Ends the watch.</param>
    public async Task RunAsync(Action setBack, CancellationToken cancel)
    {
        _last = Now();
        // Whoever looks for a reason before the next look comes must find it.
        disturbances.LookAtClock = () => Look(setBack);
        while (true)
        {
            await Task.Delay(Interval, time, cancel);
            Look(setBack);
        }
    }

    private void Look(Action setBack)
    {
        lock (_lock)
        {
            var (now, last) = (Now(), _last!);
            _last = now;
            // The steady clock stands still while the machine sleeps.
            var awake = time.GetElapsedTime(last.Steady, now.Steady);
            var jump = now.Wall - last.Wall - awake;
            if (jump.Duration() <= Tolerance)
                return;
            var cause = IsSleep(jump, now.Up - last.Up - awake) ? FireCause.Asleep : FireCause.ClockJump;
            disturbances.Note(cause, last.Wall, now.Wall);
            log.LogWarning("{What} {Jump}", Words(cause, jump), jump.Duration());
            if (jump < TimeSpan.Zero)
                setBack();
        }
    }

    private Moment Now() => new(time.GetUtcNow(), time.GetTimestamp(), uptime());

    /// <summary>Without an uptime that counts sleep, sleep is the likelier reason for a step forward.</summary>
    private static bool IsSleep(TimeSpan jump, TimeSpan? slept) =>
        slept is { } sleep ? (jump - sleep).Duration() <= Tolerance : jump > TimeSpan.Zero;

    private static string Words(FireCause cause, TimeSpan jump)
    {
        if (cause == FireCause.Asleep)
            return "The machine slept for";
        return jump > TimeSpan.Zero ? "The clock was set forward by" : "The clock was set back by";
    }

    private sealed record Moment(DateTimeOffset Wall, long Steady, TimeSpan? Up);
}
