using Quartz;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Host.Jobs.Watch;

namespace ShortsDaemon.Host.Jobs;

/// <summary>The scheduler and what it runs.</summary>
internal static class JobsSetUp
{
    // Items that wait for a lane hold a place: some are kept for the channels, so that a long queue never silences them.
    private const int JobsAtOnce = 96;
    private const int ItemsAtOnce = 64;

    // Everything else but the watchdog's pulse, for which a place is always left.
    private const int OthersAtOnce = 24;

    /// <param name="services">Takes the parts.</param>
    /// <param name="time">The clock that schedules go by.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, TimeProvider time)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(s =>
            {
                s.InstanceName = "shorts";
                s.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs;
            });
            quartz.UseTimeProvider(time);
            quartz.UseDefaultThreadPool(JobsAtOnce);
            quartz.UseExecutionLimits(limits =>
                limits.ForGroup(ItemJob.ExecutionGroup, ItemsAtOnce).ForDefaultGroup(OthersAtOnce)
            );
            quartz.UseInMemoryStore();
            quartz.AddPulse();
            AddRepeated<ResumeJob>(quartz, time.GetUtcNow() + ResumeJob.Interval, ResumeJob.Interval);
            AddRepeated<DiskJob>(quartz, time.GetUtcNow(), DiskJob.Interval);
            AddRepeated<TwitchLoginJob>(quartz, time.GetUtcNow(), TwitchLoginJob.Interval);
            AddRepeated<ReadBackJob>(quartz, time.GetUtcNow(), ReadBackJob.Interval);
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        services.AddSingleton<ItemQueue>().AddSingleton<ChannelLooks>().AddSingleton<ChannelSchedules>();
        services.AddSingleton<FolderWatch>().AddSingleton<MaintenanceSchedules>();
        services.AddSingleton<WalkToEnd>(s => s.GetRequiredService<ItemQueue>().WalkToEndAsync);
        services.AddHostedService<DaemonWork>();
        services.AddSingleton<Disturbances>().AddSingleton<FireLedger>();
        services.AddWatch();
        return services.AddSingleton<Func<TimeSpan?>>(MachineUptime.Read).AddSingleton<ClockWatch>();
    }

    private static void AddRepeated<TJob>(IQuartzBuilder quartz, DateTimeOffset first, TimeSpan interval)
        where TJob : IJob
    {
        var name = typeof(TJob).Name;
        quartz.AddJob<TJob>(job => job.WithIdentity(name));
        quartz.AddTrigger(trigger =>
            trigger
                .WithIdentity(name)
                .ForJob(name)
                .StartAt(first)
                .WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever())
        );
    }
}
