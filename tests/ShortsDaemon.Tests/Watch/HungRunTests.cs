using NUnit.Framework;
using ShortsDaemon.Host.Jobs.Watch;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Watch;

/// <summary>A stage that stands still is interrupted, and one that cannot be is the end of the process.</summary>
internal sealed class HungRunTests
{
    private readonly ManualResetEventSlim _release = new();
    private Func<CancellationToken, Outcome> _stage = null!;
    private WatchWorld _world = null!;

    [SetUp]
    public async Task MakeWorldAsync()
    {
        _release.Reset();
        _stage = _ => new Outcome.Advanced();
        _world = await WatchWorld.MakeAsync(cancel => _stage(cancel));
    }

    [TearDown]
    public async Task CleanUpAsync()
    {
        _release.Set();
        await _world.DisposeAsync();
    }

    [OneTimeTearDown]
    public void Dispose() => _release.Dispose();

    [Test]
    public async Task A_hung_stage_is_interrupted_counts_as_a_failure_and_is_told_until_it_goes_on()
    {
        _stage = Hang;
        var item = await _world.BeginAsync();

        // Once it is interrupted it has real time to unwind: no more steps until then.
        await _world.LookUntilAsync(async () => HangsOne() || (await _world.ReadAsync(item)).Tries == 1);
        await _world.Jobs.AssertEventuallyAsync(async () => (await _world.ReadAsync(item)).Tries == 1, TimeSpan.Zero);

        var failed = await _world.ReadAsync(item);
        Assert.That(failed.State, Is.EqualTo(ItemState.Gate));
        Assert.That(failed.Reason, Does.Contain("stood still"));
        await _world.LookUntilAsync(async () => await _world.AlertAsync() is { ResolvedAt: null });
        Assert.That((await _world.AlertAsync())!.Subject, Is.EqualTo($"item {item.Id}"));

        _stage = _ => new Outcome.Advanced();
        await _world.LookUntilAsync(async () => (await _world.ReadAsync(item)).State == ItemState.Published);
        await _world.LookUntilAsync(async () => await _world.AlertAsync() is { ResolvedAt: not null });
        Assert.That(_world.Ended, Is.Null);
    }

    [Test]
    public async Task It_has_the_time_that_its_stage_may_stand_still()
    {
        _stage = Hang;
        var item = await _world.BeginAsync();

        await _world.LookForAsync(StillLimits.Of(ItemState.Gate, _world.Jobs.World.Live.Value) - WatchWorld.Step * 2);

        Assert.That(((await _world.ReadAsync(item)).Tries, await _world.AlertAsync()), Is.EqualTo((0, (object?)null)));
    }

    [Test]
    public async Task One_that_does_not_listen_is_counted_and_ends_the_process()
    {
        _stage = _ => Stay();
        var item = await _world.BeginAsync();

        await _world.LookUntilAsync(() => _world.Ended is not null);

        Assert.That(_world.Ended, Does.Contain($"item {item.Id}"));
        await _world.LookUntilAsync(async () => (await _world.ReadAsync(item)).Tries == 1);
    }

    [Test]
    public async Task One_that_shows_moves_or_waits_for_its_turn_never_hangs()
    {
        _stage = _ =>
        {
            using (WorkSign.Rest())
                _release.Wait(CancellationToken.None);
            return new Outcome.Advanced();
        };
        var item = await _world.BeginAsync();
        await _world.LookForAsync(TimeSpan.FromMinutes(45));
        Assert.That(await _world.AlertAsync(), Is.Null, "it waits for its turn");

        _stage = cancel =>
        {
            // The second stage: moves all the time.
            while (!cancel.WaitHandle.WaitOne(1) && !_moved)
                WorkSign.Moved();
            return new Outcome.Advanced();
        };
        _release.Set();
        await _world.LookUntilAsync(async () => (await _world.ReadAsync(item)).State == ItemState.Publish);
        await _world.LookForAsync(TimeSpan.FromMinutes(40));
        Assert.That(await _world.AlertAsync(), Is.Null, "it moves");
        _moved = true;
        await _world.LookUntilAsync(async () => (await _world.ReadAsync(item)).State == ItemState.Published);
    }

    [Test]
    public async Task While_it_cannot_be_interrupted_the_service_manager_is_not_told_that_all_is_well()
    {
        _stage = _ => Stay();
        await _world.BeginAsync();
        await _world.LookForAsync(TimeSpan.FromMinutes(15));
        Assert.That(_world.Listener.SoFar(), Does.Contain("WATCHDOG=1").And.Contain("STATUS=At work: 1 item"));

        await _world.LookUntilAsync(() => _world.Ended is not null);
        _world.Listener.SoFar();
        await _world.LookForAsync(TimeSpan.FromMinutes(15));

        Assert.That(_world.Listener.SoFar(), Does.Not.Contain("WATCHDOG=1"));
    }

    private volatile bool _moved;

    private bool HangsOne() => _world.Jobs.World.Get<RunsUnderWay>().All.Any(run => run.IsHung);

    // Until it is interrupted, or the test is over.
    private Outcome.Advanced Hang(CancellationToken cancel)
    {
        WaitHandle.WaitAny([cancel.WaitHandle, _release.WaitHandle]);
        cancel.ThrowIfCancellationRequested();
        return new Outcome.Advanced();
    }

    private Outcome.Advanced Stay()
    {
        _release.Wait();
        return new Outcome.Advanced();
    }
}
