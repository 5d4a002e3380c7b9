using Quartz;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Brings the scheduler's triggers in line with the channels of the configuration.</summary>
internal sealed class ChannelSchedules(ISchedulerFactory schedulers, TimeProvider time, ILogger<ChannelSchedules> log)
{
    private const string JobGroup = "channels";
    internal const string TriggerGroup = "schedules";

    public static JobKey Job(string channel) => new(channel, JobGroup);

    public async Task ApplyAsync(ShortsOptions options, CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var channels = options.Channels.Where(c => c.Value.Enabled).ToDictionary();
        foreach (var channel in channels.Keys)
            await scheduler.AddJob(JobOf(channel), new AddJobOptions { Replace = true }, cancel);
        var wanted = channels.SelectMany(c => Triggers(c.Key, c.Value)).ToDictionary(t => t.Key);
        foreach (var trigger in wanted.Values)
            await KeepAsync(scheduler, trigger, cancel);
        await RemoveOthersAsync(scheduler, wanted.Keys.ToHashSet(), channels.Keys.ToHashSet(), cancel);
    }

    /// <summary>Works out every next fire time anew; for a clock that was set back.</summary>
    public async Task RenewAsync(ShortsOptions options, CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        await scheduler.UnscheduleJobs(GroupMatcher<TriggerKey>.GroupEquals(TriggerGroup), cancel);
        await ApplyAsync(options, cancel);
    }

    private static IJobDetail JobOf(string channel) =>
        JobBuilder.Create<ChannelJob>().WithIdentity(Job(channel)).StoreDurably().Build();

    private IEnumerable<ITrigger> Triggers(string channel, ChannelOptions options) =>
        options.Schedule.Select(
            (schedule, number) =>
                TriggerBuilder
                    .Create(time)
                    .WithIdentity($"{channel}/{number}", TriggerGroup)
                    .ForJob(Job(channel))
                    .WithCronSchedule(
                        schedule.Cron,
                        cron =>
                            cron.InTimeZone(TimeZones.FindById(options.TimeZone))
                                .WithMisfireInstruction(Misfire(schedule))
                    )
                    .Build()
        );

    private static CronTriggerMisfireInstruction Misfire(ScheduleOptions schedule) =>
        schedule.Misfire == MisfireRule.Skip
            ? CronTriggerMisfireInstruction.DoNothing
            : CronTriggerMisfireInstruction.FireAndProceed;

    // An unchanged trigger is left alone: replacing it would forget a fire time that is due.
    private async Task KeepAsync(IScheduler scheduler, ITrigger wanted, CancellationToken cancel)
    {
        if (await scheduler.GetTrigger(wanted.Key, cancel) is ICronTrigger present && wanted is ICronTrigger cron)
        {
            if (
                present.CronExpressionString == cron.CronExpressionString
                && Equals(present.TimeZone, cron.TimeZone)
                && Equals(present.MisfireInstruction, cron.MisfireInstruction)
            )
                return;
        }
        if (wanted.GetFireTimeAfter(time.GetUtcNow()) is null)
        {
            log.LogWarning("Schedule {Trigger} lies in the past and never fires again", wanted.Key.Name);
            await scheduler.UnscheduleJob(wanted.Key, cancel);
            return;
        }
        await scheduler.ScheduleTrigger(wanted, TriggerConflict.Replace, cancel);
        log.LogInformation(
            "Schedule {Trigger} next fires at {Next:yyyy-MM-dd HH:mm:ss} UTC",
            wanted.Key.Name,
            wanted.GetFireTimeAfter(time.GetUtcNow())?.UtcDateTime
        );
    }

    private static async Task RemoveOthersAsync(
        IScheduler scheduler,
        HashSet<TriggerKey> wanted,
        HashSet<string> channels,
        CancellationToken cancel
    )
    {
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.GroupEquals(TriggerGroup), cancel))
        {
            if (!wanted.Contains(key))
                await scheduler.UnscheduleJob(key, cancel);
        }
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(JobGroup), cancel))
        {
            if (!channels.Contains(key.Name))
                await scheduler.DeleteJob(key, cancel);
        }
    }
}
