using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Machine;

/// <summary>What the System page says in words and signs.</summary>
internal static class SystemWords
{
    public static string Sign(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "✓",
            HealthStatus.Degraded => "!",
            _ => "✗",
        };

    public static string Say(DateTimeOffset instant) =>
        ChannelClock.Utc.Here(instant).ToString("ddd yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For instance "in 3 h 2 min" or "5 min 1 s ago".</summary>
    public static string Far(DateTimeOffset instant, DateTimeOffset now) =>
        instant > now ? $"in {Words.Duration(instant - now)}" : $"{Words.Duration(now - instant)} ago";

    /// <summary>What became of the latest run.</summary>
    public static string Tell(JobRun run) =>
        run.Outcome switch
        {
            JobOutcome.Wished => "asked for; it begins within a minute",
            JobOutcome.Running => "under way",
            _ => run.Outcome.ToString().ToLowerInvariant(),
        };

    /// <summary>Nothing is gained by asking for it again.</summary>
    public static bool IsComing(JobRun? run) => run?.Outcome is JobOutcome.Wished or JobOutcome.Running;

    public static string Tell(BreakerState state) =>
        state switch
        {
            BreakerState.Closed => "closed: calls go through",
            BreakerState.Open => "open: nothing goes out",
            _ => "half open: one call tries whether it works again",
        };

    /// <summary>For instance "12.3 GiB free (41 %)".</summary>
    public static string Tell(DiskLine disk) =>
        disk.Room.Problem is { } problem
            ? $"cannot be read: {problem}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Words.Size(disk.Room.FreeBytes)} free ({disk.Room.FreePercent:0} %)"
            );
}
