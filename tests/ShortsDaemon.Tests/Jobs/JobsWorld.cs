using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Quartz;
using ShortsDaemon.Host.Jobs;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Host.Jobs.Watch;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Jobs;

/// <summary>The real scheduler in memory, on a clock that the test moves.</summary>
internal sealed class JobsWorld : IAsyncDisposable
{
    private JobsWorld(FlowWorld world, IScheduler scheduler) => (World, Scheduler) = (world, scheduler);

    public FlowWorld World { get; }
    public IScheduler Scheduler { get; }
    public FakeTimeProvider Clock => World.Clock;
    public ChannelSchedules Schedules => World.Get<ChannelSchedules>();
    public ItemQueue Queue => World.Get<ItemQueue>();

    /// <param name="stage">What every stage does; null: it advances.</param>
    /// <param name="maintenance">Maintenance jobs beside the real ones.</param>
    public static async Task<JobsWorld> MakeAsync(
        Func<CancellationToken, Outcome>? stage = null,
        params IMaintenance[] maintenance
    )
    {
        FakeTimeProvider clock = null!;
        var world = new FlowWorld(change: services =>
        {
            if (clock is not null)
                AddJobs(services, clock, stage ?? (_ => new Outcome.Advanced()));
            foreach (var job in maintenance)
                services.AddSingleton(job);
        });
        clock = world.Clock;
        world.Restart();
        return new JobsWorld(world, await world.Get<ISchedulerFactory>().GetScheduler());
    }

    /// <summary>Lets time pass in small steps until something has come true.</summary>
    public async Task AssertEventuallyAsync(Func<Task<bool>> condition, TimeSpan step)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await condition())
                return;
            Clock.Advance(step);
            await Task.Delay(20);
        }
        Assert.Fail("it never came true");
    }

    public async ValueTask DisposeAsync()
    {
        await Scheduler.Shutdown(waitForJobsToComplete: true);
        World.Dispose();
    }

    private static void AddJobs(
        IServiceCollection services,
        FakeTimeProvider clock,
        Func<CancellationToken, Outcome> stage
    )
    {
        foreach (var real in services.Where(s => s.ServiceType == typeof(IStage)).ToList())
            services.Remove(real);
        foreach (var state in ItemStates.Working)
            services.AddSingleton<IStage>(new Scripted(state, stage));
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(s => s.InstanceName = Path.GetRandomFileName());
            quartz.UseDefaultThreadPool(4);
            quartz.UseInMemoryStore();
            quartz.UseTimeProvider(clock);
            quartz.AddPulse();
        });
        services.AddSingleton<ItemQueue>().AddSingleton<ChannelLooks>().AddSingleton<ChannelSchedules>();
        services.AddSingleton<Disturbances>().AddSingleton<FireLedger>().AddSingleton<MaintenanceSchedules>();
        services.AddWatch();
    }

    private sealed class Scripted(ItemState state, Func<CancellationToken, Outcome> work) : IStage
    {
        public ItemState State => state;

        public Task<Outcome> RunAsync(StageContext context, CancellationToken cancel) =>
            Task.Run(() => work(cancel), CancellationToken.None);
    }
}
