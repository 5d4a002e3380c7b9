using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Storage;

/// <summary>After years there are hundreds of thousands of items: what is asked at each run must not read them all.</summary>
internal sealed class IndexUseTests
{
    private const int Rows = 200_000;
    private FlowWorld _world = null!;

    [OneTimeSetUp]
    public async Task Fill()
    {
        _world = new FlowWorld();
        await using var db = _world.Open();
        await db.Database.ExecuteSqlRawAsync(
            $"""
            INSERT INTO Channels VALUES ('inbox', '2026-01-01 00:00:00');
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})
            INSERT INTO Items (Channel, Source, ExternalId, Title, Location, RecordedAt, DiscoveredAt, SizeBytes, IsRefused, IsGone, State, Tries, Waits, StepsBack, ContentHash, ChangedAt, Version)
            SELECT 'inbox', 'Folder:/in', 'file' || i, 't', '/in/t', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1, 0, 0,
              CASE WHEN i % 10000 = 0 THEN 'Render' WHEN i % 10001 = 0 THEN 'Candidate' ELSE 'Published' END, 0, 0, 0, hex(i), '2026-01-01 00:00:00', 0 FROM n;
            INSERT INTO Decisions (ItemId, At, Verdict, Score, Rule, Reason) SELECT Id, ChangedAt, 'Selected', 1, 'Score', 'r' FROM Items;
            INSERT INTO Renditions (ItemId, MadeAt, Layout, Encoder, FrameRate, LengthSeconds, EncodeSeconds, SourceLufs, SourceSilentSeconds, TargetLufs, GainDb, SizeBytes) SELECT Id, ChangedAt, 'x', 'y', 30, 30, 1, -14, 0, -14, 0, 1 FROM Items;
            """
        );
    }

    [OneTimeTearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task Equal_content() =>
        await AssertSearchesAsync(db =>
            db.Items.Where(i =>
                    i.ContentHash == "31"
                    && i.Channel == "inbox"
                    && i.Id != new ItemId(5)
                    && i.State != ItemState.Failed
                    && i.State != ItemState.Expired
                )
                .OrderBy(i => i.Id)
        );

    [Test]
    public async Task What_goes_on_after_a_start() =>
        await AssertSearchesAsync(db =>
            db.Items.Where(i => ItemStates.Working.Contains(i.State))
                .OrderByDescending(i => i.Score)
                .Select(i => new { i.Id, i.NotBefore })
        );

    [Test]
    public async Task Candidates_of_a_channel() =>
        await AssertSearchesAsync(db => db.Items.Where(i => i.Channel == "inbox" && i.State == ItemState.Candidate));

    [Test]
    public async Task Known_names_of_a_source()
    {
        var ids = Enumerable.Range(1, 500).Select(i => $"file{i}").ToList();
        await AssertSearchesAsync(db =>
            db.Items.Where(i => i.Channel == "inbox" && i.Source == "Folder:/in" && ids.Contains(i.ExternalId))
                .Select(i => i.ExternalId)
        );
    }

    [Test]
    public async Task Decisions_of_items()
    {
        var ids = Enumerable.Range(1, 500).Select(i => new ItemId(i)).ToList();
        await AssertSearchesAsync(db => db.Decisions.Where(d => ids.Contains(d.ItemId)).OrderBy(d => d.Id));
        await AssertSearchesAsync(db =>
            db.Decisions.Where(d => d.ItemId == new ItemId(7)).OrderByDescending(d => d.Id)
        );
    }

    [Test]
    public async Task What_a_run_has_lost()
    {
        ItemState[] good = [ItemState.Render, ItemState.Published];
        await AssertSearchesAsync(db => db.Items.Where(i => i.RunId == 5 && good.Contains(i.State)));
        await AssertSearchesAsync(db =>
            db.Runs.Where(r => r.Channel == "inbox" && r.Selected > 0).OrderByDescending(r => r.Id)
        );
    }

    [Test]
    public async Task Clips_near_others()
    {
        ItemState[] taken = [ItemState.Render, ItemState.Published];
        var since = DateTimeOffset.UnixEpoch;
        List<string> videos = ["1", "2"];
        await AssertSearchesAsync(db =>
            db.Items.Where(i => i.Channel == "inbox" && taken.Contains(i.State) && i.DiscoveredAt >= since)
        );
        await AssertSearchesAsync(db =>
            db.Items.Where(i => i.Channel == "inbox" && i.Origin != null && videos.Contains(i.Origin.VideoId))
        );
        await AssertSearchesAsync(db => db.Items.Where(i => i.RecordedAt > since).Select(i => i.Title));
        await AssertSearchesAsync(db => db.Items.Where(i => i.DuplicateOf == new ItemId(7)).OrderBy(i => i.Id));
    }

    [Test]
    public async Task Latest_rendition_of_an_item() =>
        await AssertSearchesAsync(db =>
            db.Renditions.Where(r => r.ItemId == new ItemId(7)).OrderByDescending(r => r.Id)
        );

    [Test]
    public async Task A_page_of_the_wall()
    {
        var before = new ItemId(100_000);
        await AssertInOrderAsync(items => items.Where(i => i.Id < before));
        await AssertInOrderAsync(items => items.Where(i => i.Id < before && i.State == ItemState.Published));
        await AssertInOrderAsync(items => items.Where(i => i.Channel == "inbox"));
        await AssertInOrderAsync(items => items.Where(i => i.Channel == "inbox" && i.State == ItemState.Render));
    }

    // Whatever had to be sorted would have to be read first: all of it.
    private async Task AssertInOrderAsync(Func<IQueryable<Item>, IQueryable<Item>> filter)
    {
        var plan = await AssertSearchesAsync(db =>
            filter(db.Items.Where(i => i.Id > new ItemId(-1))).OrderByDescending(i => i.Id).Take(49)
        );
        Assert.That(plan, Has.None.Contain("TEMP B-TREE"), string.Join("; ", plan));
    }

    private async Task<List<string>> AssertSearchesAsync(Func<ShortsDb, IQueryable<object>> query)
    {
        await using var db = _world.Open();
        await using var command = query(db).CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await db.Database.OpenConnectionAsync();
        await using var reader = await command.ExecuteReaderAsync();
        List<string> plan = [];
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(3));
        var scans = plan.Where(p =>
            p.StartsWith("SCAN", StringComparison.Ordinal) && !p.Contains("json_each", StringComparison.Ordinal)
        );
        Assert.That(scans, Is.Empty, string.Join("; ", plan));
        Assert.That(plan, Has.Some.StartsWith("SEARCH"), string.Join("; ", plan));
        return plan;
    }
}
