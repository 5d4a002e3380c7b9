using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Retention;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;
using ShortsDaemon.Tests.Publish;

namespace ShortsDaemon.Tests.Retention;

/// <summary>Shorts in the outbox and originals in the archive, laid there by the real publisher and source.</summary>
internal sealed class PruneShortsTests
{
    private OutboxWorld _outbox = null!;

    private FlowWorld World => _outbox.World;
    private string Archive => Path.Combine(World.Data.Root, "done");

    [SetUp]
    public void MakeWorld() => _outbox = new OutboxWorld();

    [TearDown]
    public void CleanUp() => _outbox.Dispose();

    [Test]
    public async Task Without_a_limit_every_Short_stays()
    {
        await PublishedAsync("old", 3000);
        Assert.That((await PruneAsync()).Removed, Is.Empty);
        Assert.That(_outbox.Files, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task The_oldest_go_by_age_with_picture_and_JSON_and_their_rows_stay()
    {
        var old = await PublishedAsync("old", 31);
        foreach (var also in new[] { "old.wide.jpg", "old.srt" })
        {
            Lay(also, "x");
            World.Age(Path.Combine(_outbox.Folder, also), TimeSpan.FromDays(31));
        }
        await PublishedAsync("new", 29);
        World.Edit(new RetentionOptions { Outbox = new() { Days = 30 } });

        var preview = await World.Get<Prune>().FindAsync(default);
        var removed = (await PruneAsync()).Removed;

        Assert.That(removed.Single().What, Is.EqualTo(Path.Combine(_outbox.Folder, "old.mp4")));
        Assert.That((removed.Single().Count, removed.Single().Kind), Is.EqualTo((5, "outbox")));
        Assert.That(preview.Single().Reason, Is.EqualTo("31 days old, at most 30 are kept"));
        Assert.That(_outbox.Files, Is.EqualTo(new[] { "new.jpg", "new.json", "new.mp4" }));
        Assert.That((await _outbox.PromiseAsync(old)).PublishedAt, Is.Not.Null);
    }

    [TestCase(2, 0)]
    [TestCase(0, 2.5)]
    public async Task The_newest_stay_by_number_and_by_size(int count, double mib)
    {
        for (var day = 1; day <= 4; day++)
            await PublishedAsync($"day {day}", day, 1 << 20);
        World.Edit(
            new RetentionOptions
            {
                Outbox = new() { Count = count, MiB = mib },
            }
        );
        await PruneAsync();
        Assert.That(Videos(), Is.EqualTo(new[] { "day 1.mp4", "day 2.mp4" }));
    }

    [Test]
    public async Task What_is_not_everywhere_yet_or_no_longer_ours_stays()
    {
        // Still to go to another destination.
        await PublishedAsync("in use", 90, state: ItemState.Publish);
        // Laid there, but nobody knows yet that it arrived.
        var laid = await _outbox.ItemAsync("laid");
        await _outbox.PublishAsync(laid, await _outbox.MakeAsync(laid, "x"));
        await EndAsync(laid, ItemState.Failed, 90);
        // Exchanged by its owner, in one way or another.
        await PublishedAsync("edited", 90);
        Lay("edited.mp4", "better");
        await PublishedAsync("described", 90);
        Lay("described.json", "{}");
        await PublishedAsync("linked", 90);
        var precious = Path.Combine(World.Data.Root, "precious");
        File.Move(Path.Combine(_outbox.Folder, "linked.mp4"), precious);
        File.CreateSymbolicLink(Path.Combine(_outbox.Folder, "linked.mp4"), precious);
        // Touched just now.
        await PublishedAsync("fresh", 90);
        World.Age(Path.Combine(_outbox.Folder, "fresh.jpg"), TimeSpan.FromMinutes(5));
        Lay("somebody else's.mp4", "x");
        var before = _outbox.Files;
        World.Edit(new RetentionOptions { Outbox = new() { Days = 1 } });

        var pruned = await PruneAsync();

        Assert.That(pruned.Removed, Is.Empty);
        Assert.That(pruned.Problems, Is.Empty);
        Assert.That(_outbox.Files, Is.EqualTo(before));
        Assert.That(precious, Does.Exist);
    }

    [Test]
    public async Task A_pruned_Short_is_not_laid_there_again_nor_its_name_given_away()
    {
        await PublishedAsync("twin", 31);
        World.Edit(new RetentionOptions { Outbox = new() { Days = 30 } });
        await PruneAsync();
        await PublishedAsync("twin", 1);
        Assert.That(Videos(), Is.EqualTo(new[] { "twin (2).mp4" }));
    }

    [Test]
    public async Task Originals_of_published_items_go_from_the_archive_and_nothing_else()
    {
        var source = World.Live.Value.Channels[FlowWorld.ChannelName].Sources[0];
        var (old, recent) = (await DoneAsync("old.mp4", 40), await DoneAsync("new.mp4", 3));
        var unpublished = await DoneAsync("failed.mp4", 40, ItemState.Failed);
        var exchanged = await DoneAsync("exchanged.mp4", 40);
        World.Age(exchanged, TimeSpan.FromDays(39));
        var foreign = Path.Combine(Archive, "holiday.mp4");
        await File.WriteAllTextAsync(foreign, "x");
        World.Age(foreign, TimeSpan.FromDays(400));
        Sources(source, Moving());
        World.Edit(new RetentionOptions { Archive = new() { Days = 30 } });

        var removed = (await PruneAsync()).Removed;

        Assert.That(removed.Select(r => (r.Kind, r.What)), Is.EqualTo(new[] { ("archive", old) }));
        Assert.That(new[] { recent, unpublished, exchanged, foreign }, Is.All.Exist);
    }

    [Test]
    public async Task An_archive_that_is_the_source_of_somebody_else_is_left_alone()
    {
        var old = await DoneAsync("old.mp4", 40);
        Sources(Moving(), new FolderSourceOptions { Type = "Folder", Path = World.Data.Root });
        World.Edit(new RetentionOptions { Archive = new() { Days = 30 } });
        Assert.That((await PruneAsync()).Removed, Is.Empty);
        Assert.That(old, Does.Exist);
    }

    private FolderSourceOptions Moving() =>
        new()
        {
            Type = "Folder",
            Path = World.Inbox,
            SettleSeconds = 0,
            MoveDoneTo = Archive,
        };

    private void Sources(params Pipeline.Sources.SourceOptions[] sources) =>
        World.Live.Value.Channels[FlowWorld.ChannelName] = new ChannelOptions
        {
            Sources = [.. sources],
            Destinations = World.Live.Value.Channels[FlowWorld.ChannelName].Destinations,
        };

    private Task<Pruned> PruneAsync() => World.Get<Prune>().RunAsync(default);

    private IEnumerable<string> Videos() => _outbox.Files.Where(f => f.EndsWith(".mp4", StringComparison.Ordinal));

    private void Lay(string name, string content) => World.Age(_outbox.Lay(name, content), TimeSpan.FromDays(90));

    private async Task<Item> PublishedAsync(
        string title,
        double days,
        int bytes = 10,
        ItemState state = ItemState.Published
    )
    {
        var item = await _outbox.ItemAsync(title);
        var video = await _outbox.PublishAsync(
            item,
            await _outbox.MakeAsync(item, new string('x', bytes - 8) + $"{item.Id, 8}")
        );
        await using (var db = World.Open())
            await db
                .Publications.Where(p => p.ItemId == item.Id)
                .ExecuteUpdateAsync(p =>
                    p.SetProperty(x => x.RemoteId, video)
                        .SetProperty(x => x.PublishedAt, World.Clock.GetUtcNow().AddDays(-days))
                        .SetProperty(x => x.SettledAt, World.Clock.GetUtcNow().AddDays(-days))
                );
        foreach (var ending in (string[])["mp4", "jpg", "json"])
            World.Age(Path.ChangeExtension(video, ending), TimeSpan.FromDays(days));
        await EndAsync(item, state, days);
        return item;
    }

    /// <summary>An original whose Short is out, moved away by the source.</summary>
    private async Task<string> DoneAsync(string name, double days, ItemState state = ItemState.Published)
    {
        World.Age(World.Drop(name, name), TimeSpan.FromDays(days + 1));
        var source = World.Get<Pipeline.Sources.SourceCatalog>().Of(FolderSource.TypeName);
        var found = (await source.ListAsync(Moving(), default)).Clips.Single(c => Path.GetFileName(c.Location) == name);
        var item = World.NewItem(found.ExternalId, name, found.Location, state);
        await using (var db = World.Open())
        {
            if (!await db.Channels.AnyAsync())
                db.Channels.Add(new Channel { Name = FlowWorld.ChannelName, FirstSeenAt = World.Clock.GetUtcNow() });
            db.Items.Add(item);
            await db.SaveChangesAsync();
        }
        await EndAsync(item, state, days);
        await source.ReleaseAsync(item, Moving(), default);
        return Path.Combine(Archive, name);
    }

    private async Task EndAsync(Item item, ItemState state, double days)
    {
        await using var db = World.Open();
        await db
            .Items.Where(i => i.Id == item.Id)
            .ExecuteUpdateAsync(i =>
                i.SetProperty(x => x.State, state).SetProperty(x => x.ChangedAt, World.Clock.GetUtcNow().AddDays(-days))
            );
    }
}
