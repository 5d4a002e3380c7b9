using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Select;

internal sealed class SelectStepTests
{
    private FlowWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new FlowWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task A_candidate_that_waits_gets_one_record_per_reason()
    {
        var waiting = await _world.AddAsync("a.mp4", "a", ItemState.Candidate);
        await SetTroubleAsync(waiting, "locked");
        await SelectAsync();
        await SelectAsync();
        await SetTroubleAsync(waiting, "permission denied");
        await SelectAsync();
        await SelectAsync();
        var reasons = (await DecisionsAsync()).Select(d => d.Reason).ToList();
        Assert.That(reasons, Has.Count.EqualTo(2));
        Assert.That(reasons[0], Does.Contain("locked"));
        Assert.That(reasons[1], Does.Contain("permission denied"));
    }

    [Test]
    public async Task Every_candidate_gets_its_record_with_all_numbers()
    {
        await _world.AddAsync("good.mp4", "a", ItemState.Candidate);
        var old = await _world.AddAsync("old.mp4", "b", ItemState.Candidate);
        await using (var db = _world.Open())
            await db
                .Items.Where(i => i.Id == old.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(i => i.Facts!.LengthSeconds, 500));
        var selected = await SelectAsync();
        var decisions = await DecisionsAsync();
        Assert.That(selected, Has.Count.EqualTo(1));
        Assert.That(decisions.Select(d => d.Verdict), Is.EquivalentTo(new[] { Verdict.Selected, Verdict.Rejected }));
        Assert.That(decisions.Select(d => d.Features.Count), Has.All.EqualTo(4));
        await using var after = _world.Open();
        var rejected = await after.Items.SingleAsync(i => i.Id == old.Id);
        Assert.That(rejected.State, Is.EqualTo(ItemState.Rejected));
        Assert.That(rejected.Reason, Does.Contain("MaxLengthSeconds"));
    }

    [Test]
    public async Task What_is_under_way_is_not_judged_again()
    {
        await _world.AddAsync("a.mp4", "a", ItemState.Render);
        Assert.That(await SelectAsync(), Is.Empty);
        Assert.That(await DecisionsAsync(), Is.Empty);
    }

    private Task<IReadOnlyList<ItemId>> SelectAsync() =>
        _world
            .Get<SelectStep>()
            .RunAsync(
                new Run { Channel = FlowWorld.ChannelName },
                isNews: false,
                _world.Live.Value.Channels[FlowWorld.ChannelName],
                CancellationToken.None
            );

    private async Task<List<Decision>> DecisionsAsync()
    {
        await using var db = _world.Open();
        return await db.Decisions.OrderBy(d => d.Id).ToListAsync();
    }

    private async Task SetTroubleAsync(Item item, string trouble)
    {
        await using var db = _world.Open();
        var kept = await db.Items.SingleAsync(i => i.Id == item.Id);
        (kept.Facts, kept.Trouble) = (null, trouble);
        await db.SaveChangesAsync();
    }
}
