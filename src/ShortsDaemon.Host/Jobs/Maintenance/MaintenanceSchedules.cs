using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>Brings the scheduler's triggers in line with the schedules of the maintenance jobs, and takes up wishes.</summary>
internal sealed class MaintenanceSchedules(
    ISchedulerFactory schedulers,
    MaintenanceCatalog catalog,
    IDbContextFactory<ShortsDb> databases,
    TimeProvider time
)
{
    /// <summary>Number of the wish in a trigger's data.</summary>
    public const string Wish = "wish";

    private const string Group = "maintenance";

    // A box that has just started has something better to do.
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(2);

    public async Task ApplyAsync(ShortsOptions options, CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        foreach (var job in catalog.All)
        {
            await scheduler.AddJob(
                JobBuilder.Create<MaintenanceJob>().WithIdentity(Key(job)).StoreDurably().Build(),
                new AddJobOptions { Replace = true },
                cancel
            );
            await KeepAsync(scheduler, job, job.ScheduleIn(options), cancel);
        }
    }

    /// <summary>Works out every next fire time anew; for a clock that was set back.</summary>
    public async Task RenewAsync(ShortsOptions options, CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        foreach (var job in catalog.All)
            await scheduler.UnscheduleJob(new TriggerKey(job.Name, Group), cancel);
        await ApplyAsync(options, cancel);
    }

    /// <summary>At the start: what came due while nobody ran is done once, soon; likewise what runs at each start.</summary>
    public async Task CatchUpAsync(ShortsOptions options, CancellationToken cancel)
    {
        await CloseLeftoversAsync(cancel);
        var scheduler = await schedulers.GetScheduler(cancel);
        var now = time.GetUtcNow();
        foreach (var job in catalog.All.Where(j => j.ScheduleIn(options).Length > 0))
        {
            if (job.RunsAtStart || await HasMissedAsync(job.Name, job.ScheduleIn(options), now, cancel))
                await AddAsync(scheduler, job, "start", now + AfterStart, wish: null, cancel);
        }
    }

    private async Task<bool> HasMissedAsync(string job, string cron, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var last = await db
            .JobRuns.Where(r => r.Job == job && r.Outcome == JobOutcome.Succeeded)
            .MaxAsync(r => (DateTimeOffset?)r.StartedAt, cancel);
        return last is { } ran && FireTimes.Between(cron, TimeZoneInfo.Local, ran, now).Count > 0;
    }

    /// <summary>Takes up what another process has asked for.</summary>
    public async Task FulfilAsync(CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var wish in await db.JobRuns.Where(r => r.Outcome == JobOutcome.Wished).ToListAsync(cancel))
            if (catalog.Find(wish.Job) is { } job)
                await AddAsync(scheduler, job, $"wish {wish.Id}", time.GetUtcNow(), wish.Id, cancel);
    }

    // What a killed process left under way.
    private async Task CloseLeftoversAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db
            .JobRuns.Where(r => r.Outcome == JobOutcome.Running)
            .ExecuteUpdateAsync(
                r =>
                    r.SetProperty(x => x.Outcome, JobOutcome.Interrupted)
                        .SetProperty(x => x.EndedAt, now)
                        .SetProperty(x => x.Message, "the daemon ended meanwhile"),
                cancel
            );
    }

    private static JobKey Key(IMaintenance job) => new(job.Name, Group);

    private async Task AddAsync(
        IScheduler scheduler,
        IMaintenance job,
        string name,
        DateTimeOffset at,
        long? wish,
        CancellationToken cancel
    )
    {
        var trigger = TriggerBuilder
            .Create(time)
            .WithIdentity($"{job.Name}: {name}", Group)
            .ForJob(Key(job))
            .StartAt(at);
        if (wish is { } id)
            trigger = trigger.UsingJobData(Wish, id);
        await scheduler.ScheduleTrigger(trigger.Build(), TriggerConflict.KeepEarlier, cancel);
    }

    // An unchanged trigger is left alone: replacing it would forget a time that is due.
    private async Task KeepAsync(IScheduler scheduler, IMaintenance job, string cron, CancellationToken cancel)
    {
        var key = new TriggerKey(job.Name, Group);
        var present = await scheduler.GetTrigger(key, cancel) as ICronTrigger;
        if (cron.Length == 0)
            await scheduler.UnscheduleJob(key, cancel);
        else if (present?.CronExpressionString != cron)
            await scheduler.ScheduleTrigger(
                TriggerBuilder
                    .Create(time)
                    .WithIdentity(key)
                    .ForJob(Key(job))
                    .WithCronSchedule(
                        cron,
                        c =>
                            c.InTimeZone(TimeZoneInfo.Local)
                                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)
                    )
                    .Build(),
                TriggerConflict.Replace,
                cancel
            );
    }
}
