using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Metrics;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Machine;

/// <summary>What the System page shows.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Since">When the daemon began.</param>
public sealed record SystemReading(DateTimeOffset At, DateTimeOffset Since)
{
    public string Version { get; } = ProcessGauges.Version;
    public IReadOnlyList<CheckLine> Checks { get; init; } = [];

    /// <summary>Open ones.</summary>
    public IReadOnlyList<AlertLine> Alerts { get; init; } = [];
    public IReadOnlyList<JobLine> Jobs { get; init; } = [];
    public IReadOnlyList<Breaker> Breakers { get; init; } = [];
    public IReadOnlyList<Hold> Holds { get; init; } = [];
    public IReadOnlyList<DiskLine> Disks { get; init; } = [];

    /// <summary>What people did last, newest first.</summary>
    public IReadOnlyList<AuditEntry> Audit { get; init; } = [];

    /// <summary>Its last lines, oldest first.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
}

/// <param name="Name">Of the health check.</param>
/// <param name="Status">What it says.</param>
/// <param name="Description">Why, and how to mend it.</param>
public sealed record CheckLine(string Name, HealthStatus Status, string Description);
