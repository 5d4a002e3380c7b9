using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Health;

/// <summary>Has a Short been made lately, be it only the test Short?</summary>
internal sealed class CanaryHealth(
    IDbContextFactory<ShortsDb> databases,
    LiveOptions live,
    DaemonStart start,
    TimeProvider time
) : IHealthCheck
{
    // Other maintenance may be under way when it is due, and it takes its time itself.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const int MostMissed = 2;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var cron = live.Value.Health.CanarySchedule;
        if (cron.Length == 0)
            return HealthCheckResult.Healthy("Switched off (Health:CanarySchedule)");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var latest = await LatestAsync(db, cancellationToken);
        var proof = await ProofAsync(db, cancellationToken);
        var data = Data(latest, proof);
        if (HasMissed(cron, proof))
            return HealthCheckResult.Unhealthy($"No Short could be made lately. {Why(latest)}", data: data);
        return latest?.Outcome == JobOutcome.Failed && !(proof > latest.StartedAt)
            ? HealthCheckResult.Degraded(Why(latest), data: data)
            : HealthCheckResult.Healthy(
                proof is null ? "The first test Short is made soon after the start" : "A Short was made lately",
                data
            );
    }

    private static Task<JobRun?> LatestAsync(ShortsDb db, CancellationToken cancel) =>
        db
            .JobRuns.AsNoTracking()
            .Where(r =>
                r.Job == CanaryMaintenance.JobName
                && (r.Outcome == JobOutcome.Succeeded || r.Outcome == JobOutcome.Failed)
            )
            .OrderByDescending(r => r.StartedAt)
            .FirstOrDefaultAsync(cancel);

    /// <summary>A real Short that has passed the gate proves as much.</summary>
    private static async Task<DateTimeOffset?> ProofAsync(ShortsDb db, CancellationToken cancel)
    {
        var canary = await db
            .JobRuns.Where(r => r.Job == CanaryMaintenance.JobName && r.Outcome == JobOutcome.Succeeded)
            .MaxAsync(r => (DateTimeOffset?)r.StartedAt, cancel);
        var real = await db
            .Attempts.Where(a =>
                a.Stage == ItemState.Gate && a.Result == AttemptResult.Advanced && a.ItemId != CanaryItem.Id
            )
            .OrderByDescending(a => a.Id)
            .Select(a => (DateTimeOffset?)a.EndedAt)
            .FirstOrDefaultAsync(cancel);
        return canary > real || real is null ? canary : real;
    }

    private bool HasMissed(string cron, DateTimeOffset? proof)
    {
        var since = proof > start.At ? proof.Value : start.At;
        return FireTimes.Between(cron, TimeZoneInfo.Local, since, time.GetUtcNow() - Patience).Count >= MostMissed;
    }

    private static string Why(JobRun? latest) =>
        latest?.Outcome == JobOutcome.Failed
            ? latest.Message ?? ""
            : "The job canary has not run when it should have. Read the log and restart the daemon.";

    private Dictionary<string, object> Data(JobRun? latest, DateTimeOffset? proof)
    {
        var data = new Dictionary<string, object>();
        if (proof is { } made)
        {
            data["lastSuccessUtc"] = made.UtcDateTime;
            data["lastSuccessMinutesAgo"] = Math.Round(Math.Max(0, (time.GetUtcNow() - made).TotalMinutes), 1);
        }
        if (latest is { Outcome: JobOutcome.Succeeded, EndedAt: { } ended })
            data["tookSeconds"] = Math.Round((ended - latest.StartedAt).TotalSeconds, 1);
        return data;
    }
}
