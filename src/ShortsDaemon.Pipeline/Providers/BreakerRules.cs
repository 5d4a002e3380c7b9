using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Providers;

/// <summary>When a breaker opens, and for how long.</summary>
internal static class BreakerRules
{
    public const int FailuresToOpen = 5;

    /// <summary>Should a probe never come back, because the process died, the next one goes out after this time.</summary>
    public static readonly TimeSpan ProbeLease = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause before a probe.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>30 s at first, doubled with each opening in a row, 15 min at most.</summary>
    public static TimeSpan OpenTime(int openings) =>
        TimeSpan.FromSeconds(Math.Min(30 * Math.Pow(2, Math.Min(openings - 1, 20)), Longest.TotalSeconds));

    /// <returns>Whether it has opened by this failure.</returns>
    public static bool Fail(Breaker breaker, string error, bool isProbe, DateTimeOffset now)
    {
        breaker.Failures++;
        breaker.LastError = error;
        // Calls that were under way when it opened come back with failures, too; they tell nothing new.
        if (!isProbe && (breaker.State != BreakerState.Closed || breaker.Failures < FailuresToOpen))
            return false;
        breaker.State = BreakerState.Open;
        breaker.OpenedAt ??= now;
        breaker.Openings++;
        breaker.ProbeAt = now + OpenTime(breaker.Openings);
        return true;
    }
}
