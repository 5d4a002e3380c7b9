using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs.Fires;

/// <summary>
/// Writes down every time at which a channel's schedule should have fired, and what became of it. A schedule counts from the
/// moment it is first seen in the configuration; while the daemon is down its mark stays, so that nothing goes unaccounted.
/// </summary>
internal sealed class FireLedger(
    IDbContextFactory<ShortsDb> databases,
    Disturbances disturbances,
    TimeProvider time,
    ILogger<FireLedger> log
)
{
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    // A run that is to make up for missed times may still come for this long.
    private static readonly TimeSpan SkipGrace = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RunOnceGrace = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan KeepRan = TimeSpan.FromDays(14);
    private static readonly TimeSpan KeepAll = TimeSpan.FromDays(400);

    /// <summary>Takes new schedules in and forgets those that are gone.</summary>
    public async Task FollowAsync(ShortsOptions options, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var marks = await db.FireMarks.ToDictionaryAsync(m => (m.Channel, m.Cron), cancel);
        var wanted = Plan.Of(options).ToDictionary(p => (p.Channel, p.Cron));
        foreach (var key in wanted.Keys.Where(key => !marks.ContainsKey(key)))
            db.FireMarks.Add(
                new FireMark
                {
                    Channel = key.Channel,
                    Cron = key.Cron,
                    SettledUntil = time.GetUtcNow(),
                }
            );
        db.FireMarks.RemoveRange(marks.Where(m => !wanted.ContainsKey(m.Key)).Select(m => m.Value));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>At the start: accounts for what came due while the daemon was down.</summary>
    /// <param name="options">The schedules.</param>
    /// <param name="makeUp">Is told each channel whose rule is to make up for it by one run now, before anything is kept.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task CatchUpAsync(
        ShortsOptions options,
        Func<string, CancellationToken, Task> makeUp,
        CancellationToken cancel
    )
    {
        // The clock may have been set back while nobody watched it.
        await RewindAsync(cancel);
        disturbances.WorkBegins();
        var now = time.GetUtcNow();
        var again = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var paused = await ChannelPause.AllAsync(db, now, cancel);
        foreach (var (plan, mark, due) in await DueAsync(db, options, _ => now, cancel))
        {
            if (paused.ContainsKey(plan.Channel))
            {
                db.FireSlots.AddRange(due.Select(d => Paused(plan, d)));
                mark.SettledUntil = due[^1];
                continue;
            }
            var makesUp = plan.Misfire == MisfireRule.RunOnce;
            db.FireSlots.AddRange(due.SkipLast(1).Select(d => Slot(plan, d, makesUp ? now : null, FireOutcome.Merged)));
            db.FireSlots.Add(Slot(plan, due[^1], makesUp ? now : null, FireOutcome.Late));
            mark.SettledUntil = due[^1];
            if (makesUp)
                again.Add(plan.Channel);
            log.LogWarning(
                "{Channel}: {Count} times of '{Cron}' came due while nobody ran, {What}",
                plan.Channel,
                due.Count,
                plan.Cron,
                makesUp ? "made up for by one run now" : "skipped"
            );
        }
        foreach (var channel in again)
            await makeUp(channel, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A schedule fired. A run of the channel begins, unless it is paused.</summary>
    public async Task FiredAsync(string channel, ICronTrigger trigger, bool isPaused, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var cron = trigger.CronExpressionString!;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.FireMarks.FindAsync([channel, cron], cancel) is not { } mark)
            return; // it left the configuration a moment ago
        var due = FireTimes.Between(cron, trigger.TimeZone, mark.SettledUntil, now);
        if (due.Count == 0)
            return; // a time that has been already, before the clock was set back
        var plan = new Plan(channel, cron, trigger.TimeZone, MisfireRule.RunOnce);
        if (isPaused)
            db.FireSlots.AddRange(due.Select(d => Paused(plan, d)));
        else
        {
            db.FireSlots.AddRange(due.SkipLast(1).Select(d => Slot(plan, d, now, FireOutcome.Merged)));
            db.FireSlots.Add(Slot(plan, due[^1], now, now - due[^1] <= OnTime ? FireOutcome.Ran : FireOutcome.Late));
        }
        mark.SettledUntil = due[^1];
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Accounts for times that passed and will not be made up for any more, and clears away old rows.</summary>
    public async Task SettleAsync(ShortsOptions options, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var late = await DueAsync(
            db,
            options,
            plan => now - (plan.Misfire == MisfireRule.Skip ? SkipGrace : RunOnceGrace),
            cancel
        );
        foreach (var (plan, mark, due) in late.Where(l => !disturbances.IsRunning(l.Plan.Channel)))
        {
            db.FireSlots.AddRange(due.Select(d => Slot(plan, d, null, FireOutcome.Missed)));
            mark.SettledUntil = due[^1];
            log.LogWarning("{Channel} missed {Count} times of '{Cron}'", plan.Channel, due.Count, plan.Cron);
        }
        await db.SaveChangesAsync(cancel);
        await db
            .FireSlots.Where(s => s.DueAt < now - KeepAll || (s.DueAt < now - KeepRan && s.Outcome == FireOutcome.Ran))
            .ExecuteDeleteAsync(cancel);
    }

    /// <summary>The clock was set back: what it had called the future has not been.</summary>
    public async Task RewindAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.FireSlots.Where(s => s.DueAt > now).ExecuteDeleteAsync(cancel);
        await db
            .FireMarks.Where(m => m.SettledUntil > now)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.SettledUntil, now), cancel);
    }

    private static async Task<List<(Plan Plan, FireMark Mark, IReadOnlyList<DateTimeOffset> Due)>> DueAsync(
        ShortsDb db,
        ShortsOptions options,
        Func<Plan, DateTimeOffset> until,
        CancellationToken cancel
    )
    {
        var marks = await db.FireMarks.ToDictionaryAsync(m => (m.Channel, m.Cron), cancel);
        var all = Plan.Of(options).Where(plan => marks.ContainsKey((plan.Channel, plan.Cron)));
        return
        [
            .. all.Select(plan => (Plan: plan, Mark: marks[(plan.Channel, plan.Cron)]))
                .Select(p =>
                    (p.Plan, p.Mark, FireTimes.Between(p.Plan.Cron, p.Plan.Zone, p.Mark.SettledUntil, until(p.Plan)))
                )
                .Where(p => p.Item3.Count > 0),
        ];
    }

    private FireSlot Slot(Plan plan, DateTimeOffset due, DateTimeOffset? fired, FireOutcome outcome) =>
        new()
        {
            Channel = plan.Channel,
            Cron = plan.Cron,
            DueAt = due,
            FiredAt = fired,
            Outcome = fired is null ? FireOutcome.Missed : outcome,
            Cause = outcome == FireOutcome.Ran ? FireCause.None : disturbances.CauseOf(plan.Channel, due),
        };

    private static FireSlot Paused(Plan plan, DateTimeOffset due) =>
        new()
        {
            Channel = plan.Channel,
            Cron = plan.Cron,
            DueAt = due,
            Outcome = FireOutcome.Missed,
            Cause = FireCause.Paused,
        };

    private sealed record Plan(string Channel, string Cron, TimeZoneInfo Zone, MisfireRule Misfire)
    {
        /// <summary>Two equal lines of one channel are one schedule.</summary>
        public static IEnumerable<Plan> Of(ShortsOptions options) =>
            options
                .Channels.Where(c => c.Value.Enabled)
                .SelectMany(c =>
                    c.Value.Schedule.Select(s => new Plan(
                        c.Key,
                        s.Cron,
                        TimeZones.FindById(c.Value.TimeZone),
                        s.Misfire
                    ))
                )
                .DistinctBy(plan => (plan.Channel, plan.Cron));
    }
}
