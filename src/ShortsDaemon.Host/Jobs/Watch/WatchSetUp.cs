using Quartz;
using ShortsDaemon.Host.Service;

namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>The watchdog, and what the scheduler's jobs show it.</summary>
internal static class WatchSetUp
{
    /// <summary>What the jobs need, watched or not.</summary>
    public static IServiceCollection AddWatch(this IServiceCollection services) =>
        services.AddSingleton<RunsUnderWay>().AddSingleton<HungRuns>().AddSingleton<Pulse>();

    public static void AddPulse(this IQuartzBuilder quartz) =>
        quartz.AddJob<PulseJob>(job => job.WithIdentity(PulseJob.Key).StoreDurably());

    /// <summary>The watchdog itself, which may end the process.</summary>
    public static IServiceCollection AddWatchdog(this IServiceCollection services)
    {
        services.AddSingleton<LastWords>();
        services.AddSingleton(s => new ServiceManager(
            Environment.GetEnvironmentVariable,
            s.GetRequiredService<ILogger<ServiceManager>>()
        ));
        services.AddSingleton(s => new Watchdog(
            s.GetRequiredService<RunsUnderWay>(),
            s.GetRequiredService<HungRuns>(),
            s.GetRequiredService<Pulse>(),
            s.GetRequiredService<ServiceManager>(),
            new WatchPace(),
            s.GetRequiredService<LastWords>().End,
            s.GetRequiredService<TimeProvider>()
        ));
        return services.AddHostedService<WatchdogService>();
    }
}
