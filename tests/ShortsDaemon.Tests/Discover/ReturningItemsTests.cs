using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Discover;

/// <summary>A disk that is unmounted for a minute takes no recording with it.</summary>
internal sealed class ReturningItemsTests
{
    private FakeMediaTools _tools = null!;
    private FlowWorld _world = null!;

    [SetUp]
    public void MakeWorld()
    {
        _tools = new FakeMediaTools();
        _world = new FlowWorld(tools: _tools);
    }

    [TearDown]
    public void CleanUp()
    {
        _world.Dispose();
        _tools.Dispose();
    }

    [Test]
    public async Task Gone_before_it_was_fetched()
    {
        var item = await _world.AddAsync("clip.mp4", "x");
        await AwayAsync(() => _world.Get<ItemWalk>().WalkAsync(item.Id, CancellationToken.None));
        var gone = await ReadAsync();
        Assert.That((gone.State, gone.IsGone), Is.EqualTo((ItemState.Rejected, true)));
        Assert.That(gone.Reason, Does.Contain("was removed"));

        await AssertBecomesShortAsync();
    }

    [Test]
    public async Task Gone_before_it_was_looked_at()
    {
        await _world.AddAsync("clip.mp4", "x", ItemState.Candidate);
        await using (var db = _world.Open())
        {
            var kept = await db.Items.SingleAsync();
            (kept.Facts, kept.Trouble) = (null, "permission denied");
            await db.SaveChangesAsync();
        }
        await AwayAsync(() => LookAsync());
        Assert.That((await ReadAsync()).State, Is.EqualTo(ItemState.Rejected));

        await AssertBecomesShortAsync();
    }

    [Test]
    public async Task What_was_refused_for_another_reason_stays_refused()
    {
        await _world.AddAsync("clip.mp4", "x");
        await using (var db = _world.Open())
        {
            (await db.Items.SingleAsync()).State = ItemState.Rejected;
            await db.SaveChangesAsync();
        }
        Assert.That((await LookAsync()).Selected, Is.Empty);
        Assert.That((await ReadAsync()).State, Is.EqualTo(ItemState.Rejected));
    }

    private async Task AssertBecomesShortAsync()
    {
        var run = await LookAsync();
        Assert.That(run.Selected, Has.Count.EqualTo(1));
        var item = await ReadAsync();
        Assert.That((item.IsGone, item.IsRefused, item.Trouble), Is.EqualTo((false, false, (string?)null)));
        await _world.Get<ItemWalk>().WalkAsync(run.Selected[0], CancellationToken.None);
        Assert.That((await ReadAsync()).State, Is.EqualTo(ItemState.Published));
    }

    private async Task AwayAsync(Func<Task> meanwhile)
    {
        Directory.Move(_world.Inbox, _world.Inbox + "-away");
        await meanwhile();
        if (Directory.Exists(_world.Inbox))
            Directory.Delete(_world.Inbox);
        Directory.Move(_world.Inbox + "-away", _world.Inbox);
    }

    private Task<ChannelRunResult> LookAsync() =>
        _world.Get<ChannelRun>().RunAsync(FlowWorld.ChannelName, CancellationToken.None);

    private async Task<Item> ReadAsync()
    {
        await using var db = _world.Open();
        return await db.Items.AsNoTracking().SingleAsync();
    }
}
