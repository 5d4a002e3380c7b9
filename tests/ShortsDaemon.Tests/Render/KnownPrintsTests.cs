using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Media.Fingerprints;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Render;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Fingerprints;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Render;

/// <summary>What a channel has made is known again by what it shows.</summary>
internal sealed class KnownPrintsTests
{
    private const double Seconds = 10;
    private FlowWorld _world = null!;
    private Item _first = null!;

    [SetUp]
    public async Task MakeWorld()
    {
        _world = new FlowWorld();
        _first = await _world.AddAsync("first.mp4", "1", ItemState.Publish);
        Assert.That(await KeepAsync(_first, Search(1)), Is.Null);
    }

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task A_copy_is_found_with_a_pointer_and_a_reason()
    {
        var copy = await _world.AddAsync("copy.mp4", "2", ItemState.Render);
        var found = await FindAsync(copy, Search(1, new View { IsMirrored = true, From = 1 }));
        Assert.That(found.Known!.Item, Is.EqualTo(_first.Id));
        Assert.That(found.Known.Reason, Does.StartWith($"it shows the same as item {_first.Id} ('first')"));
        Assert.That(found.Known.Reason, Does.Contain("mirrored"));
        Assert.That(KnownPrints.Reject(copy, found.Known), Is.InstanceOf<Outcome.Rejected>());
        Assert.That(copy.DuplicateOf, Is.EqualTo(_first.Id));
    }

    [Test]
    public async Task Another_recording_is_new_and_its_own_print_is_no_duplicate_of_itself()
    {
        var other = await _world.AddAsync("other.mp4", "2", ItemState.Render);
        Assert.That((await FindAsync(other, Search(2))).Known, Is.Null);
        Assert.That((await FindAsync(_first, Search(1))).Known, Is.Null);
        Assert.That(await KeepAsync(_first, Search(1)), Is.Null, "rendered once more");
        await using var db = _world.Open();
        Assert.That(await db.ItemPrints.CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_two_that_are_rendered_at_the_same_time_one_is_the_first()
    {
        var copy = await _world.AddAsync("copy.mp4", "2", ItemState.Render);
        var search = Search(1);
        // It was looked for before the first one was kept.
        var outcome = await KeepAsync(copy, search, new PrintFinding(null, 0));
        Assert.That(outcome, Is.InstanceOf<Outcome.Rejected>());
    }

    [TestCase(ItemState.Rejected)]
    [TestCase(ItemState.Failed)]
    public async Task What_came_to_nothing_may_be_tried_with_another_recording(ItemState state)
    {
        await using (var db = _world.Open())
            await db.Items.ExecuteUpdateAsync(s => s.SetProperty(i => i.State, state));
        var copy = await _world.AddAsync("copy.mp4", "2", ItemState.Render);
        Assert.That((await FindAsync(copy, Search(1))).Known, Is.Null);
    }

    [TestCase(31, 30)]
    [TestCase(0, 0)]
    public async Task What_is_too_old_or_not_asked_for_is_not_compared(int age, double days)
    {
        _world.Clock.Advance(TimeSpan.FromDays(age));
        var copy = await _world.AddAsync("copy.mp4", "2", ItemState.Render);
        Assert.That((await FindAsync(copy, Search(1), days)).Known, Is.Null);
    }

    private static FingerprintSearch Search(int scene, View? view = null) =>
        new(new Scene(scene).Sketch(Seconds, view));

    private Task<PrintFinding> FindAsync(Item item, FingerprintSearch search, double days = 30) =>
        _world.Get<KnownPrints>().FindAsync(item, search, days, CancellationToken.None);

    private async Task<Outcome?> KeepAsync(Item item, FingerprintSearch search, PrintFinding? earlier = null)
    {
        await using var db = _world.Open();
        var kept = await db.Items.SingleAsync(i => i.Id == item.Id);
        earlier ??= await FindAsync(item, search);
        var outcome = await _world.Get<KnownPrints>().KeepAsync(db, kept, search, 30, earlier, CancellationToken.None);
        await db.SaveChangesAsync();
        return outcome;
    }
}
