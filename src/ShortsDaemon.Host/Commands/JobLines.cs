using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <param name="Name">Of the job.</param>
/// <param name="Schedule">Cron expression; empty: only by hand.</param>
/// <param name="Next">Next time of the schedule; null: none.</param>
/// <param name="Last">Its latest run; null: it never ran.</param>
public sealed record JobLine(string Name, string Schedule, DateTimeOffset? Next, JobRun? Last);

/// <summary>What `job` lists.</summary>
internal static class JobLines
{
    public static IReadOnlyList<JobLine> Of(MaintenanceCatalog catalog, ShortsOptions options, List<JobRun> last) =>
        [
            .. catalog.All.Select(job => new JobLine(
                job.Name,
                job.ScheduleIn(options),
                Next(job.ScheduleIn(options)),
                last.Find(run => run.Job == job.Name)
            )),
        ];

    /// <returns>The latest run of each job.</returns>
    public static Task<List<JobRun>> LastAsync(ShortsDb db, CancellationToken cancel) =>
        db
            .JobRuns.AsNoTracking()
            .Where(r => r.Id == db.JobRuns.Where(o => o.Job == r.Job).Max(o => o.Id))
            .ToListAsync(cancel);

    public static void Print(IReadOnlyList<JobLine> lines)
    {
        var table = new TextTable("job", "schedule", "next", "last", "took", "outcome", "what");
        foreach (var line in lines)
            table.Add(
                line.Name,
                line.Schedule.Length > 0 ? line.Schedule : "by hand",
                line.Next is { } next ? ChannelClock.Utc.SayWithOffset(next) : "",
                line.Last is { } run ? ChannelClock.Utc.SayWithOffset(run.StartedAt) : "never",
                line.Last is { EndedAt: { } end } done
                    ? FormattableString.Invariant($"{(end - done.StartedAt).TotalSeconds:0.0} s")
                    : "",
                line.Last?.Outcome.ToString() ?? "",
                line.Last?.Message ?? ""
            );
        table.Print();
    }

    private static DateTimeOffset? Next(string cron) =>
        cron.Length == 0
            ? null
            : CronExpression
                .Parse(cron)
                .WithTimeZone(TimeZoneInfo.Local)
                .GetNextValidTimeAfter(TimeProvider.System.GetUtcNow());
}
