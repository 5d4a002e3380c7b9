using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>Old runs of channels and jobs, what people did, and alerts that are over. The latest of each channel and job stays: work goes on from there.</summary>
internal sealed class RunsRule(IDbContextFactory<ShortsDb> databases, TimeProvider time) : IRetentionRule
{
    private const int AtOnce = 500;

    public async Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel)
    {
        var before = time.GetUtcNow().AddDays(-options.HistoryDays);
        return
        [
            .. await OfAsync("runs of channels", db => Runs(db, before), r => r.Id, options, cancel),
            .. await OfAsync("runs of jobs", db => JobRuns(db, before), r => r.Id, options, cancel),
            .. await OfAsync("actions of people", db => db.Audit.Where(a => a.At < before), a => a.Id, options, cancel),
            .. await OfAsync(
                "resolved alerts",
                db => db.Alerts.Where(a => a.ResolvedAt < before),
                a => a.Id,
                options,
                cancel
            ),
        ];
    }

    private async Task<IReadOnlyList<Leftover>> OfAsync<T>(
        string what,
        Func<ShortsDb, IQueryable<T>> old,
        Expression<Func<T, long>> id,
        RetentionOptions options,
        CancellationToken cancel
    )
        where T : class
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await old(db).LongCountAsync(cancel);
        return rows == 0
            ? []
            :
            [
                new Leftover("history", what, $"older than {options.HistoryDays} days", rows, 0)
                {
                    RemoveAsync = token => RemoveAsync(old, id, token),
                },
            ];
    }

    private async Task<bool> RemoveAsync<T>(
        Func<ShortsDb, IQueryable<T>> old,
        Expression<Func<T, long>> id,
        CancellationToken cancel
    )
        where T : class
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        while (await old(db).OrderBy(id).Take(AtOnce).ExecuteDeleteAsync(cancel) == AtOnce) { }
        return true;
    }

    // The latest run, the latest that selected something (its losses are still replaced), and those of items under way.
    private static IQueryable<Run> Runs(ShortsDb db, DateTimeOffset before) =>
        db.Runs.Where(r =>
            r.StartedAt < before
            && db.Runs.Any(later => later.Channel == r.Channel && later.Id > r.Id)
            && (
                r.Selected == 0
                || db.Runs.Any(later => later.Channel == r.Channel && later.Selected > 0 && later.Id > r.Id)
            )
            && !db.Items.Any(i => i.RunId == r.Id && ItemStates.UnderWay.Contains(i.State))
        );

    // The latest success says what came due since.
    private static IQueryable<JobRun> JobRuns(ShortsDb db, DateTimeOffset before) =>
        db.JobRuns.Where(r =>
            r.EndedAt < before
            && db.JobRuns.Any(later => later.Job == r.Job && later.Id > r.Id)
            && (
                r.Outcome != JobOutcome.Succeeded
                || db.JobRuns.Any(later =>
                    later.Job == r.Job && later.Outcome == JobOutcome.Succeeded && later.Id > r.Id
                )
            )
        );
}
