using Quartz;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Lets a channel look for clips outside its schedule: a file arrived, or will be whole soon.</summary>
internal sealed class ChannelLooks(ISchedulerFactory schedulers, TimeProvider time)
{
    private const string Group = "looks";

    /// <summary>Several calls before the look happens make one look.</summary>
    public async Task LookAsync(string channel, TimeSpan wait, CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var trigger = TriggerBuilder
            .Create(time)
            .WithIdentity(channel, Group)
            .ForJob(ChannelSchedules.Job(channel))
            .StartAt(time.GetUtcNow() + wait)
            .Build();
        try
        {
            if (await scheduler.Exists(ChannelSchedules.Job(channel), cancel))
                await scheduler.ScheduleTrigger(trigger, TriggerConflict.KeepEarlier, cancel);
        }
        catch (SchedulerException) when (!cancel.IsCancellationRequested)
        {
            // The channel left the configuration between the two lines: nothing to look at any more.
            if (await scheduler.Exists(ChannelSchedules.Job(channel), cancel))
                throw;
        }
    }
}
