using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Storage;

/// <summary>What somebody types finds items, and never breaks the question.</summary>
internal sealed class TextSearchTests
{
    private FlowWorld _world = null!;

    [OneTimeSetUp]
    public void MakeWorld() => _world = new FlowWorld();

    [OneTimeTearDown]
    public void CleanUp() => _world.Dispose();

    [TestCase("ace", ExpectedResult = "\"ace\"*")]
    [TestCase("  two\twords ", ExpectedResult = "\"two\" \"words\"*")]
    [TestCase("\"quoted", ExpectedResult = "\"quoted\"*")]
    [TestCase("a OR b NOT c", ExpectedResult = "\"a\" \"OR\" \"b\" \"NOT\" \"c\"*")]
    [TestCase("Title:x* ^y", ExpectedResult = "\"Title\" \"x\" \"y\"*")]
    [TestCase("counter-strike", ExpectedResult = "\"counter\" \"strike\"*")]
    [TestCase("nul\0nul", ExpectedResult = "\"nul\" \"nul\"*")]
    [TestCase("cafe\u0301s", ExpectedResult = "\"cafes\"*")]
    [TestCase("abcdefghijklmnopq", ExpectedResult = "\"abcdefghijklmnopq\"", Description = "no index that long")]
    [TestCase("-- !! 😀", ExpectedResult = null)]
    [TestCase("", ExpectedResult = null)]
    public string? Every_word_is_quoted_and_the_last_may_go_on(string typed) => TextSearch.Match(typed);

    [TestCase("insane triple", ExpectedResult = true)]
    [TestCase("triple insane", ExpectedResult = true)]
    [TestCase("TRIP", ExpectedResult = true)]
    [TestCase("trip insane", ExpectedResult = false, Description = "only the last word may go on")]
    [TestCase("cafe", ExpectedResult = true, Description = "without its accent")]
    [TestCase("1v3", ExpectedResult = true)]
    [TestCase("counter-str", ExpectedResult = true, Description = "the game")]
    [TestCase("somebody", ExpectedResult = true, Description = "the creator")]
    [TestCase("streamer triple", ExpectedResult = true, Description = "words of several columns")]
    [TestCase("triple quad", ExpectedResult = false)]
    public async Task<bool> It_finds_what_has_all_the_words(string typed)
    {
        var item = await AddAsync("Insane TRIPLE kill in the café (1v3)!");

        return await FindsAsync(typed, item);
    }

    [Test]
    public async Task Whatever_is_typed_is_only_words()
    {
        const string Letters = "aé\"'*^:(){}[]-+~,;.\\/%_ \t\0\uD83D😀ÄNOTORAND0";
        var random = new Random(7);
        await using var db = _world.Open();
        for (var i = 0; i < 500; i++)
        {
            var typed = string.Concat(
                Enumerable.Range(0, random.Next(1, 12)).Select(_ => Letters[random.Next(Letters.Length)])
            );
            if (TextSearch.Match(typed) is { } match)
                Assert.DoesNotThrowAsync(() => db.FindAsync(match, null, 5, default), typed);
        }
    }

    [Test]
    public async Task Every_letter_there_is_can_be_typed()
    {
        await using var db = _world.Open();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "select count(*) from ItemText where ItemText match $match";
        var match = command.CreateParameter();
        match.ParameterName = "$match";
        command.Parameters.Add(match);
        // Each time others, all of them with --long.
        var step = Torture.IsLong ? 1 : 9;
        for (var value = 1 + Random.Shared.Next(step); value <= 0x10FFFF; value += step)
            if (Rune.IsValid(value) && TextSearch.Match($"a{new Rune(value)}b") is var typed)
                if (typed!.Length < 8) // of two words each is fine by itself
                {
                    match.Value = typed;
                    Assert.DoesNotThrow(() => command.ExecuteScalar(), $"U+{value:X}");
                }
    }

    [Test]
    public async Task It_follows_what_changes_and_what_goes()
    {
        var item = await AddAsync("the former title");
        await using var db = _world.Open();
        var changed = await db.Items.SingleAsync(i => i.Id == item.Id);
        changed.Title = "quite another name";
        await db.SaveChangesAsync();
        Assert.That(await FindsAsync("former", item), Is.False);
        Assert.That(await FindsAsync("another", item), Is.True);

        await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Origin!.Game, "Chess"));
        Assert.That(await FindsAsync("chess", item), Is.True);

        await db.Items.Where(i => i.Id == item.Id).ExecuteDeleteAsync();
        Assert.That(await db.FindAsync("\"another\"", null, 5, default), Is.Empty);
        // The index agrees with its table: otherwise this throws.
        await db.Database.ExecuteSqlAsync($"INSERT INTO ItemText(ItemText, rank) VALUES('integrity-check', 1)");
    }

    [Test]
    public async Task The_newest_of_them_are_found_first()
    {
        var items = new List<Item>();
        for (var i = 0; i < 5; i++)
            items.Add(await AddAsync($"zebra {i}"));
        await using var db = _world.Open();

        var found = await db.FindAsync("\"zebra\"", items[4].Id, 3, default);
        var among = await db.Among(found).Where(i => i.State == ItemState.Candidate).ToListAsync();

        Assert.That(found, Is.EqualTo((ItemId[])[items[3].Id, items[2].Id, items[1].Id]));
        Assert.That(among.Select(i => i.Title), Is.EquivalentTo((string[])["zebra 3", "zebra 2", "zebra 1"]));
    }

    [Test]
    public async Task A_database_of_before_is_filled()
    {
        using var world = new FlowWorld();
        await using (var db = world.Open())
        {
            db.Channels.Add(new Channel { Name = FlowWorld.ChannelName, FirstSeenAt = world.Clock.GetUtcNow() });
            db.Items.Add(world.NewItem("x", "found long ago", "/in/x.mp4", ItemState.Published));
            await db.SaveChangesAsync();
            // The row is written first: the program of now knows columns that the old table has not.
            await db.GetService<IMigrator>().MigrateAsync("20261122050834_Initial");
        }

        await world.Get<DatabaseStart>().PrepareAsync(CancellationToken.None);

        await using var upgraded = world.Open();
        Assert.That(await upgraded.FindAsync("\"long\"", null, 5, default), Has.Count.EqualTo(1));
    }

    private async Task<bool> FindsAsync(string typed, Item item)
    {
        await using var db = _world.Open();
        return (await db.FindAsync(TextSearch.Match(typed)!, null, 100, default)).Contains(item.Id);
    }

    private async Task<Item> AddAsync(string title)
    {
        await using var db = _world.Open();
        if (!await db.Channels.AnyAsync())
            db.Channels.Add(new Channel { Name = FlowWorld.ChannelName, FirstSeenAt = _world.Clock.GetUtcNow() });
        var item = _world.NewItem($"{Guid.NewGuid()}", title, "/in/x.mp4", ItemState.Candidate);
        item.Origin = new ClipOrigin
        {
            BroadcasterId = "1",
            Broadcaster = "A Streamer",
            Creator = "Somebody",
            Game = "Counter-Strike",
        };
        db.Items.Add(item);
        await db.SaveChangesAsync();
        return item;
    }
}
