using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Flow;

internal sealed class HoldsTests
{
    private const string Scope = "destination:inbox/Folder";

    private FlowWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new FlowWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task An_end_that_has_passed_opens_the_door()
    {
        await ShutAsync(TimeSpan.FromHours(24));
        Assert.That(await IsShutAsync(), Is.True);
        _world.Clock.Advance(TimeSpan.FromHours(24));
        Assert.That(await IsShutAsync(), Is.False);
    }

    [Test]
    public async Task What_a_clock_in_the_future_wrote_down_shuts_no_door()
    {
        _world.Clock.JumpWallClock(TimeSpan.FromDays(365));
        await ShutAsync(TimeSpan.FromHours(24));
        _world.Clock.JumpWallClock(TimeSpan.FromDays(-365));
        Assert.That(await IsShutAsync(), Is.False);
    }

    [Test]
    public async Task No_door_stays_shut_by_itself_for_longer_than_two_days()
    {
        await ShutAsync(TimeSpan.FromDays(30));
        Assert.That(await IsShutAsync(), Is.True);
        _world.Clock.Advance(TimeSpan.FromDays(2));
        Assert.That(await IsShutAsync(), Is.False);
    }

    private Task ShutAsync(TimeSpan time) =>
        _world.Get<Holds>().ShutAsync(Scope, "the limit is reached", _world.Clock.GetUtcNow() + time, default);

    private async Task<bool> IsShutAsync() => await _world.Get<Holds>().FirstAsync([Scope], default) is not null;
}
