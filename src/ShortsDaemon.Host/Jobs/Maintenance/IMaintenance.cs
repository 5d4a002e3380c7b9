using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>Something that keeps the box well: on its own schedule, or by hand with `job NAME`.</summary>
internal interface IMaintenance
{
    /// <summary>In small letters, as `job` names it.</summary>
    string Name { get; }

    /// <summary>Cron expression in this machine's time zone; empty: only by hand.</summary>
    string ScheduleIn(ShortsOptions options);

    /// <summary>It also runs soon after each start of the daemon, unless it has no schedule.</summary>
    bool RunsAtStart => false;

    /// <param name="cancel">Stops it; what it has done stays done.</param>
    /// <returns>What it did, in one sentence with figures.</returns>
    /// <exception cref="MaintenanceException">It could not.</exception>
    Task<string> RunAsync(CancellationToken cancel);
}

/// <summary>A maintenance job could not do its work.</summary>
/// <param name="message">What, where, and how to mend it.</param>
/// <param name="inner">The cause.</param>
internal sealed class MaintenanceException(string message, Exception? inner = null) : Exception(message, inner);
