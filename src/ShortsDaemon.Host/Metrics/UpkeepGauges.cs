using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Metrics;

/// <summary>What is open, and when the maintenance jobs last did their work.</summary>
internal sealed class UpkeepGauges(IDbContextFactory<ShortsDb> databases) : IGauges
{
    private static readonly Gauge Alerts = new("shortsdaemon_alerts_open", "Open alerts, by rule and level");

    private static readonly Gauge Success = new(
        "shortsdaemon_job_last_success_timestamp_seconds",
        "When a maintenance job last succeeded, in seconds since 1970; left out while it never has"
    );

    public string Subject => "upkeep";
    public IReadOnlyList<Gauge> All { get; } = [Alerts, Success];

    public async Task<IReadOnlyList<Reading>> ReadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var open = await db
            .Alerts.Where(alert => alert.ResolvedAt == null)
            .GroupBy(alert => new { alert.Rule, alert.Level })
            .Select(same => new
            {
                same.Key.Rule,
                same.Key.Level,
                Count = same.Count(),
            })
            .ToListAsync(cancel);
        var succeeded = await db
            .JobRuns.Where(run => run.Outcome == JobOutcome.Succeeded)
            .GroupBy(run => run.Job)
            .Select(same => new { Job = same.Key, At = same.Max(run => run.EndedAt) })
            .ToListAsync(cancel);
        return
        [
            .. open.Select(a => Alerts.Of(a.Count, ("rule", a.Rule), ("level", FlowMeter.Label(a.Level)))),
            .. succeeded
                .Where(job => job.At is not null)
                .Select(job => Success.Of(job.At!.Value.ToUnixTimeMilliseconds() / 1000.0, ("job", job.Job))),
        ];
    }
}
