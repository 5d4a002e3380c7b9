using Quartz;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Jobs that come again and again after a fixed time.</summary>
internal static class RepeatedJobs
{
    /// <summary>Lets each come now and begin anew; for a clock that was set back, which would have them wait for times that have been already.</summary>
    public static async Task RenewAsync(this IScheduler scheduler, TimeProvider time, CancellationToken cancel)
    {
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup(), cancel))
        {
            if (await scheduler.GetTrigger(key, cancel) is not ISimpleTrigger { RepeatInterval.Ticks: > 0 } trigger)
                continue;
            var anew = trigger
                .GetTriggerBuilder()
                .StartAt(time.GetUtcNow())
                .WithSimpleSchedule(s => s.WithInterval(trigger.RepeatInterval).RepeatForever())
                .Build();
            await scheduler.RescheduleJob(key, anew, cancel);
        }
    }
}
