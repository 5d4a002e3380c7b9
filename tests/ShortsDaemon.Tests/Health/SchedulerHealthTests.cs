using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using Quartz;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Host.Jobs;

namespace ShortsDaemon.Tests.Health;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SchedulerHealthTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services;
    private readonly ISchedulerFactory _schedulers;

    public SchedulerHealthTests()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddQuartz(quartz => quartz.UseTimeProvider(_clock))
            .BuildServiceProvider();
        _schedulers = _services.GetRequiredService<ISchedulerFactory>();
    }

    public async ValueTask DisposeAsync()
    {
        await (await _schedulers.GetScheduler()).Shutdown();
        await _services.DisposeAsync();
    }

    [Test]
    public async Task A_scheduler_that_was_not_started_or_was_stopped_is_unhealthy()
    {
        Assert.That((await AskAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy));
        var scheduler = await _schedulers.GetScheduler();
        await scheduler.Start();
        await scheduler.Standby();

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Does.StartWith("The scheduler is not running (Standby)"));
    }

    [Test]
    public async Task A_running_one_is_healthy_and_tells_when_it_fires_next()
    {
        await StartAsync();

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(health.Data["schedules"], Is.EqualTo(1));
        Assert.That(health.Data["nextFireUtc"], Is.EqualTo(_clock.GetUtcNow().UtcDateTime.AddHours(1)));
    }

    [Test]
    public async Task A_schedule_that_should_have_fired_is_degraded()
    {
        await StartAsync();
        // Quartz does not see the jump before its own timer wakes it, as when its thread hangs.
        _clock.JumpWallClock(TimeSpan.FromMinutes(64));
        Assert.That((await AskAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
        _clock.JumpWallClock(TimeSpan.FromMinutes(2));

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(health.Description, Does.StartWith("Schedule inbox/0 should have fired 6 min ago and has not."));
    }

    private async Task StartAsync()
    {
        var scheduler = await _schedulers.GetScheduler();
        var trigger = TriggerBuilder
            .Create(_clock)
            .WithIdentity("inbox/0", ChannelSchedules.TriggerGroup)
            .StartAt(_clock.GetUtcNow().AddHours(1))
            .Build();
        await scheduler.ScheduleJob(JobBuilder.Create<NoWork>().WithIdentity("inbox").Build(), trigger);
        await scheduler.Start();
        await AsleepAsync();
    }

    // Its thread sleeps on one of our timers; until then it would see a jump of the clock.
    private async Task AsleepAsync()
    {
        var inARow = 0;
        for (var i = 0; i < 500 && inARow < 5; i++)
        {
            inARow = _clock.WaitingTimers > 0 ? inARow + 1 : 0;
            await Task.Delay(20);
        }
        Assert.That(inARow, Is.EqualTo(5), "the scheduler does not come to rest");
    }

    private Task<HealthCheckResult> AskAsync() => HealthSandbox.AskAsync(new SchedulerHealth(_schedulers, _clock));

    private sealed class NoWork : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
            default;
    }
}
