namespace ShortsDaemon.Host.Jobs;

/// <summary>
/// Notices that somebody set the clock. Forward (also after sleep) the misfire rules see to what was missed; but a clock set
/// back would leave every schedule and every retry waiting for a time that has been already.
/// </summary>
internal sealed class ClockWatch(TimeProvider time, ILogger<ClockWatch> log)
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
            var (wall, steady) = (time.GetUtcNow(), time.GetTimestamp());
            await Task.Delay(Interval, time, cancel);
            var jump = time.GetUtcNow() - wall - time.GetElapsedTime(steady);
            if (jump.Duration() <= Tolerance)
                continue;
            log.LogWarning(
                "The clock went {Direction} by {Jump}: it was set, or the machine slept",
                jump > TimeSpan.Zero ? "forward" : "back",
                jump.Duration()
            );
            if (jump < TimeSpan.Zero)
                setBack();
        }
    }
}
