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

    /// <param name="setBack">Called after the clock was set back.</param>
    /// <param name="cancel">Ends the watch.</param>
    public async Task RunAsync(Action setBack, CancellationToken cancel)
    {
        while (true)
        {
            var (wall, steady, up) = (time.GetUtcNow(), time.GetTimestamp(), uptime());
            await Task.Delay(Interval, time, cancel);
            // The steady clock stands still while the machine sleeps.
            var awake = time.GetElapsedTime(steady);
            var jump = time.GetUtcNow() - wall - awake;
            if (jump.Duration() <= Tolerance)
                continue;
            var slept = uptime() - up - awake;
            var cause = IsSleep(jump, slept) ? FireCause.Asleep : FireCause.ClockJump;
            disturbances.Note(cause, wall, time.GetUtcNow());
            log.LogWarning("{What} {Jump}", Words(cause, jump), jump.Duration());
            if (jump < TimeSpan.Zero)
                setBack();
        }
    }

    /// <summary>Without an uptime that counts sleep, sleep is the likelier reason for a step forward.</summary>
    private static bool IsSleep(TimeSpan jump, TimeSpan? slept) =>
        slept is { } sleep ? (jump - sleep).Duration() <= Tolerance : jump > TimeSpan.Zero;

    private static string Words(FireCause cause, TimeSpan jump)
    {
        if (cause == FireCause.Asleep)
            return "The machine slept for";
        return jump > TimeSpan.Zero ? "The clock was set forward by" : "The clock was set back by";
    }
}
