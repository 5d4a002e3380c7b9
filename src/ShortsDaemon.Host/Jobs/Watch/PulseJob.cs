using Quartz;

namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>Shows that the scheduler fires and that its threads work.</summary>
[ExecutionGroup(ExecutionGroup)]
internal sealed class PulseJob(Pulse pulse) : IJob
{
    /// <summary>Has places of its own, so that it comes whatever else is going on.</summary>
    public const string ExecutionGroup = "pulse";

    public static readonly JobKey Key = new(nameof(PulseJob));

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        pulse.Beat();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Beats of the scheduler.</summary>
internal sealed class Pulse(ISchedulerFactory schedulers, TimeProvider time, ILogger<Pulse> log)
{
    private long _beats;

    public long Beats => Interlocked.Read(ref _beats);

    public void Beat() => Interlocked.Increment(ref _beats);

    /// <summary>Asks the scheduler for a beat now. A new trigger each time: none waits for a time that a clock set back has taken away.</summary>
    public async Task AskAsync(CancellationToken cancel)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(cancel);
            var trigger = TriggerBuilder
                .Create(time)
                .WithIdentity(PulseJob.Key.Name)
                .ForJob(PulseJob.Key)
                .WithExecutionGroup(PulseJob.ExecutionGroup)
                .StartAt(time.GetUtcNow())
                .Build();
            await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancel);
        }
        catch (SchedulerException e)
        {
            // It is asked again; what counts is that no beat comes.
            log.LogDebug(e, "The scheduler could not be asked for a pulse");
        }
    }
}
