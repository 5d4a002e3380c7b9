using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Retention;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Retention;

/// <summary>
/// Whatever the past was like: what is cleared away never lets anything be posted that would not have been posted before.
/// SHORTSDAEMON_LONG=1 tries thirty times as many pasts.
/// </summary>
internal sealed class PrunePropertyTests
{
    private const int Items = 60;
    private const int Probes = 60;
    private static readonly int Pasts = Torture.IsLong ? 300 : 10;
    private static readonly string[] Titles = ["what a save", "unbelievable luck", "he really did it", "the end of it"];
    private static readonly ItemState[] Ends =
    [
        ItemState.Published,
        ItemState.Published,
        ItemState.Rejected,
        ItemState.Failed,
        ItemState.Expired,
    ];

    private TestFolder _folder = null!;

    [OneTimeSetUp]
    public async Task MakeTemplate()
    {
        _folder = new TestFolder();
        using var world = new FlowWorld();
        await using var connection = new SqliteConnection(world.ConnectionString);
        await connection.OpenAsync();
        await using var copy = connection.CreateCommand();
        copy.CommandText = $"VACUUM INTO '{_folder["template.db"]}'";
        await copy.ExecuteNonQueryAsync();
    }

    [OneTimeTearDown]
    public void CleanUp() => _folder.Dispose();

    [Test]
    public async Task Nothing_that_was_published_can_be_published_again()
    {
        var (removed, refused) = (0L, 0);
        for (var seed = 1; seed <= Pasts; seed++)
        {
            using var keep = new KeepWorld(_folder["template.db"]);
            keep.World.Edit(new RetentionOptions { ItemDays = 60, HistoryDays = 30 });
            var random = new Random(seed);
            await MakePastAsync(keep, random);
            var probes = await ProbesAsync(keep, random);
            var before = await StandingAsync(keep, probes);

            var preview = await keep.PreviewAsync();
            var pruned = await keep.PruneAsync();

            var after = await StandingAsync(keep, probes);
            Assert.Multiple(() =>
            {
                Assert.That(
                    pruned.Removed.Select(r => (r.What, r.Count)),
                    Is.EqualTo(preview.Select(p => (p.What, p.Count))),
                    $"what the preview said, seed {seed}"
                );
                Assert.That(after.Promises, Is.EqualTo(before.Promises), $"every promise, seed {seed}");
                Assert.That(before.Known, Is.SubsetOf(after.Known), $"what a source can still list, seed {seed}");
                Assert.That(before.Hashes, Is.EqualTo(after.Hashes), $"content that was shipped, seed {seed}");
                Assert.That(before.Refused, Is.SubsetOf(after.Refused), $"candidates that were repeats, seed {seed}");
            });
            removed += pruned.Removed.Sum(r => r.Count);
            refused += before.Refused.Count;
        }
        // Otherwise it would prove nothing.
        Assert.That(removed, Is.GreaterThan(Pasts * 20));
        Assert.That(refused, Is.GreaterThan(Pasts * 5));
    }

    private static async Task MakePastAsync(KeepWorld keep, Random random)
    {
        await using var db = keep.World.Open();
        db.Channels.Add(new Channel { Name = FlowWorld.ChannelName, FirstSeenAt = keep.Now });
        var items = Enumerable.Range(0, Items).Select(_ => NewItem(keep, random)).ToList();
        db.AddRange(items);
        await db.SaveChangesAsync();
        for (var i = 1; i < items.Count; i++)
            if (items[i].State == ItemState.Rejected && random.Next(4) == 0)
                items[i].DuplicateOf = items[random.Next(i)].Id;
        var stories = items.ConvertAll(KeepWorld.Story);
        db.AddRange(stories.SelectMany(rows => rows));
        await db.SaveChangesAsync();
        foreach (var (item, story) in items.Zip(stories))
            if (item.State == ItemState.Published || random.Next(4) == 0)
            {
                var promise = KeepWorld.Promise(item, story.OfType<Rendition>().Single());
                if (random.Next(4) == 0)
                    promise.PublishedAt = null;
                db.Add(promise);
            }
        await db.SaveChangesAsync();
    }

    private static Item NewItem(KeepWorld keep, Random random)
    {
        var state = random.Next(6) == 0 ? (ItemState)random.Next(5) : Ends[random.Next(Ends.Length)];
        var item = keep.NewItem(state, random.Next(120));
        Shape(keep, item, random);
        return item;
    }

    private static void Shape(KeepWorld keep, Item item, Random random)
    {
        item.Title = Titles[random.Next(Titles.Length)];
        item.ContentHash = random.Next(3) == 0 ? null : $"hash {random.Next(40)}";
        if (random.Next(3) == 0)
        {
            item.Source = "Folder:" + keep.World.Inbox;
            item.Location = Path.Combine(keep.World.Inbox, item.ExternalId);
            if (random.Next(2) == 0)
                keep.World.Drop(item.ExternalId, "x");
            return;
        }
        item.Origin = Origin(random);
        // Where the clock of the platform and ours differ, or a clip was found late.
        item.DiscoveredAt = item.RecordedAt.AddHours(random.Next(60));
    }

    private static ClipOrigin Origin(Random random) =>
        new()
        {
            BroadcasterId = $"{random.Next(2)}",
            Broadcaster = "x",
            VideoId = random.Next(3) == 0 ? "" : $"v{random.Next(4)}",
            VodOffsetSeconds = random.Next(4) == 0 ? null : random.Next(12) * 10,
        };

    /// <summary>Clips that might turn up tomorrow: of moments that were shown, with titles that were used, at any time.</summary>
    private static async Task<List<Item>> ProbesAsync(KeepWorld keep, Random random)
    {
        await using var db = keep.World.Open();
        var past = await db.Items.AsNoTracking().Where(i => i.Origin != null).ToListAsync();
        return
        [
            .. Enumerable
                .Range(0, Probes)
                .Select(number =>
                {
                    var like = past[random.Next(past.Count)];
                    var clip = keep.World.NewItem($"new {number}", like.Title, "x", ItemState.Candidate);
                    clip.Id = new ItemId(100_000 + number);
                    clip.Origin = random.Next(2) == 0 ? Origin(random) : like.Origin;
                    clip.RecordedAt = like.RecordedAt.AddSeconds(random.Next(-90, 90));
                    return clip;
                }),
        ];
    }

    private static async Task<Standing> StandingAsync(KeepWorld keep, List<Item> probes)
    {
        await using var db = keep.World.Open();
        var items = await db.Items.AsNoTracking().ToListAsync();
        var promises = await db.Publications.AsNoTracking().OrderBy(p => p.Id).ToListAsync();
        var promised = promises.Select(p => p.ItemId).ToHashSet();
        return new Standing(
            JsonSerializer.Serialize(promises),
            [
                .. items
                    .Where(i => IsListed(keep, i) || promised.Contains(i.Id))
                    .Select(i => $"{i.Source} {i.ExternalId}"),
            ],
            [
                .. items
                    .Where(i => promised.Contains(i.Id) && i.ContentHash is not null)
                    .Select(i => i.ContentHash!)
                    .Order(),
            ],
            await RefusedAsync(keep, db, probes)
        );
    }

    /// <summary>A platform tells of the last month at most, a folder of what lies in it.</summary>
    private static bool IsListed(KeepWorld keep, Item item) =>
        item.Origin is null ? File.Exists(item.Location) : item.RecordedAt > keep.Now.AddHours(-720);

    private static async Task<List<string>> RefusedAsync(KeepWorld keep, ShortsDb db, List<Item> probes)
    {
        var channel = new ChannelOptions { Selection = new() { BacklogHours = 1e6 } };
        var reader = new KnownReader(db, keep.World.Live.Value, FlowWorld.ChannelName, channel, keep.Now);
        var known = await reader.ReadAsync(probes, GameTrend.None, default);
        return
        [
            .. probes
                .Where(p => Judge.Decide([p], channel.Selection, keep.Now, known).Single().Verdict == Verdict.Rejected)
                .Select(p => p.ExternalId),
        ];
    }

    private sealed record Standing(string Promises, List<string> Known, List<string> Hashes, List<string> Refused);
}
