using NUnit.Framework;
using Quartz;
using ShortsDaemon.Host.Jobs.Watch;

namespace ShortsDaemon.Tests.Watch;

/// <summary>A scheduler that does not fire is the end of the process; sleep and a clock that is set are not.</summary>
internal sealed class StuckSchedulerTests
{
    private WatchWorld _world = null!;

    [SetUp]
    public async Task MakeWorldAsync() => _world = await WatchWorld.MakeAsync();

    [TearDown]
    public async Task CleanUpAsync() => await _world.DisposeAsync();

    [Test]
    public async Task One_that_fires_is_left_alone()
    {
        await _world.LookForAsync(TimeSpan.FromMinutes(45));
        Assert.That(_world.Ended, Is.Null);
        Assert.That(_world.Listener.SoFar(), Has.Some.EqualTo("WATCHDOG=1"));
    }

    [Test]
    public async Task One_that_does_not_fire_ends_the_process()
    {
        await _world.LookForAsync(TimeSpan.FromMinutes(45));
        await _world.Jobs.Scheduler.Standby();
        var stuck = _world.Jobs.Clock.GetTimestamp();

        await _world.LookUntilAsync(() => _world.Ended is not null, beats: false);

        Assert.That(_world.Ended, Does.Contain("has not fired for"));
        var took = TimeSpan.FromTicks(_world.Jobs.Clock.GetTimestamp() - stuck);
        Assert.That(took, Is.InRange(TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(45)));
    }

    [Test]
    public async Task A_blocked_scheduler_thread_ends_the_process()
    {
        using var release = new ManualResetEventSlim();
        await _world.LookForAsync(WatchWorld.Step);
        _world.Jobs.Scheduler.ListenerManager.AddTriggerListener(new Blocker(release));
        try
        {
            await _world.LookUntilAsync(() => _world.Ended is not null, beats: false);
        }
        finally
        {
            release.Set();
        }
        Assert.That(_world.Ended, Does.Contain("has not fired for"));
    }

    [TestCase(24.0)]
    [TestCase(1.0)]
    [TestCase(-1.0)]
    [TestCase(-24.0)]
    public async Task A_clock_that_is_set_is_no_hang(double hours)
    {
        await _world.LookForAsync(WatchWorld.Step);
        _world.Jobs.Clock.JumpWallClock(TimeSpan.FromHours(hours));
        await _world.LookForAsync(TimeSpan.FromMinutes(45));
        Assert.That(_world.Ended, Is.Null);
    }

    /// <summary>The machine slept (the steady clock may or may not tell), or the process was stopped for a while.</summary>
    [Test]
    public async Task Time_in_which_nobody_could_look_is_no_hang()
    {
        await _world.LookForAsync(WatchWorld.Step);
        await _world.Jobs.Scheduler.Standby();
        _world.Watchdog.Look();
        _world.Jobs.Clock.Advance(TimeSpan.FromHours(9));
        _world.Watchdog.Look();
        Assert.That(_world.Ended, Is.Null);
        await _world.Jobs.Scheduler.Start();
        await _world.LookForAsync(TimeSpan.FromMinutes(45));
        Assert.That(_world.Ended, Is.Null);
    }

    private sealed class Blocker(ManualResetEventSlim release) : ITriggerListener
    {
        public string Name => "blocker";

        public ValueTask TriggerFired(
            ITrigger trigger,
            IJobExecutionContext context,
            CancellationToken cancellationToken = default
        )
        {
            release.Wait(cancellationToken);
            return ValueTask.CompletedTask;
        }
    }
}
