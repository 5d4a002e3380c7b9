using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Retention;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Retention;

/// <summary>What goes from the database, and what stays for ever.</summary>
internal sealed class PruneRowsTests
{
    private const int Old = 200;
    private const int Ancient = 500;

    private KeepWorld _keep = null!;

    [SetUp]
    public void MakeWorld() => _keep = new KeepWorld();

    [TearDown]
    public void CleanUp() => _keep.Dispose();

    [Test]
    public async Task A_published_item_loses_its_bulk_and_keeps_its_identity_for_ever()
    {
        var item = await _keep.ItemAsync(ItemState.Published, 3000, i => i.ContentHash = "h");
        await _keep.StoryAsync(item);
        var promised = await _keep.StoryAsync(item);
        await _keep.PromiseAsync(item, promised);

        await _keep.PruneAsync();

        await using var db = _keep.World.Open();
        Assert.That((await db.Items.SingleAsync()).ContentHash, Is.EqualTo("h"));
        Assert.That((await db.Publications.SingleAsync()).RemoteId, Is.EqualTo($"remote {item.Id}"));
        Assert.That((await db.Renditions.SingleAsync()).Id, Is.EqualTo(promised.Id), "what the promise is about");
        Assert.That(await db.Attempts.CountAsync() + await db.Decisions.CountAsync(), Is.Zero);
    }

    [TestCase(ItemState.Published, Old - 30, 3)]
    [TestCase(ItemState.Failed, Old, 0)]
    [TestCase(ItemState.Publish, Ancient, 3)]
    [TestCase(ItemState.Candidate, Ancient, 3)]
    public async Task The_story_goes_only_when_the_item_ended_long_ago(ItemState state, int days, int rows)
    {
        await _keep.StoryAsync(await _keep.ItemAsync(state, days));
        await _keep.PruneAsync();
        await using var db = _keep.World.Open();
        var left = await db.Attempts.CountAsync() + await db.Decisions.CountAsync() + await db.Renditions.CountAsync();
        Assert.That(left, Is.EqualTo(rows));
    }

    [Test]
    public async Task An_item_that_nobody_can_need_any_more_is_forgotten()
    {
        await _keep.StoryAsync(await _keep.ItemAsync(ItemState.Expired, Ancient));
        var preview = await _keep.PreviewAsync();
        await _keep.PruneAsync();
        Assert.That(await IdsAsync(), Is.Empty);
        Assert.That(preview.Sum(p => p.Count), Is.EqualTo(4), "three rows about it, and itself");
    }

    [Test]
    public async Task Whatever_was_promised_anywhere_or_was_its_repeat_stays()
    {
        var failed = await _keep.ItemAsync(ItemState.Failed, Ancient);
        // Perhaps it arrived; nobody knows.
        await _keep.PromiseAsync(
            failed,
            await _keep.StoryAsync(failed),
            p => (p.PublishedAt, p.SettledAt, p.RemoteId) = (null, null, null)
        );
        var published = await _keep.ItemAsync(ItemState.Published, Ancient);
        await _keep.PromiseAsync(published, await _keep.StoryAsync(published));
        var repeat = await _keep.ItemAsync(ItemState.Rejected, Ancient, i => i.DuplicateOf = published.Id);

        await _keep.PruneAsync();

        Assert.That(await IdsAsync(), Is.EquivalentTo(new[] { failed.Id, published.Id, repeat.Id }));
    }

    [Test]
    public async Task What_stands_for_a_repeat_stays_as_long_as_that_does()
    {
        var first = await _keep.ItemAsync(ItemState.Rejected, Ancient);
        await _keep.ItemAsync(ItemState.Rejected, Ancient, i => i.DuplicateOf = first.Id);
        await _keep.PruneAsync();
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { first.Id }), "the repeat of something unpublished goes first");
        await _keep.PruneAsync();
        Assert.That(await IdsAsync(), Is.Empty);
    }

    [Test]
    public async Task What_a_source_could_bring_again_stays()
    {
        var there = _keep.World.Drop("there.mp4", "x");
        var inbox = "Folder:" + _keep.World.Inbox;
        var inPlace = await FolderAsync(inbox, there);
        await FolderAsync(inbox, Path.Combine(_keep.World.Inbox, "gone.mp4"));
        var away = await FolderAsync("Folder:/mnt/away", "/mnt/away/a.mp4");
        // Old in one respect, young in another.
        var young = await _keep.ItemAsync(ItemState.Expired, Ancient, i => i.RecordedAt = _keep.Now.AddDays(-20));

        await _keep.PruneAsync();

        Assert.That(await IdsAsync(), Is.EquivalentTo(new[] { inPlace.Id, away.Id, young.Id }));

        Task<Item> FolderAsync(string source, string location) =>
            _keep.ItemAsync(ItemState.Rejected, Ancient, i => (i.Source, i.Location) = (source, location));
    }

    [Test]
    public async Task Old_runs_go_but_for_those_from_which_work_goes_on()
    {
        var (lost, needed, last) = (Run("inbox", Old, 1), Run("inbox", Old - 1, 2), Run("inbox", Old - 2, 0));
        var (underWay, other, recent) = (Run("busy", Old, 1), Run("busy", Old - 1, 1), Run("busy", 10, 1));
        await _keep.AddAsync(lost, needed, last, underWay, other, recent);
        await _keep.ItemAsync(ItemState.Publish, Old, i => i.RunId = underWay.Id);

        await _keep.PruneAsync();

        await using var db = _keep.World.Open();
        Assert.That(
            await db.Runs.Select(r => r.Id).ToListAsync(),
            Is.EquivalentTo(new[] { needed.Id, last.Id, underWay.Id, recent.Id })
        );
    }

    [Test]
    public async Task Old_job_runs_go_but_for_the_latest_and_the_latest_success()
    {
        var (old, success, failure) = (
            Job(Old, JobOutcome.Succeeded),
            Job(Old - 1, JobOutcome.Succeeded),
            Job(Old - 2, JobOutcome.Failed)
        );
        var running = Job(Old - 3, JobOutcome.Running);
        running.EndedAt = null;
        await _keep.AddAsync(old, success, failure, running);

        await _keep.PruneAsync();

        await using var db = _keep.World.Open();
        Assert.That(
            await db.JobRuns.Select(r => r.Id).ToListAsync(),
            Is.EquivalentTo(new[] { success.Id, running.Id })
        );
    }

    [Test]
    public async Task Resolved_alerts_go_and_open_ones_stay_for_ever()
    {
        await _keep.AddAsync(Alert("a", null), Alert("b", Old), Alert("c", Old - 30));
        await _keep.PruneAsync();
        await using var db = _keep.World.Open();
        Assert.That(await db.Alerts.Select(a => a.Rule).ToListAsync(), Is.EquivalentTo(new[] { "a", "c" }));
    }

    [Test]
    public async Task Other_limits_count_too()
    {
        await _keep.StoryAsync(await _keep.ItemAsync(ItemState.Failed, 70));
        _keep.World.Edit(new RetentionOptions { ItemDays = 60, HistoryDays = 7 });
        await _keep.PruneAsync();
        Assert.That(await IdsAsync(), Is.Empty);
    }

    [Test]
    public async Task Thousands_of_rows_go_in_small_steps_and_nothing_is_forgotten()
    {
        var items = Enumerable
            .Range(0, 700)
            .Select(i =>
            {
                var item = _keep.World.NewItem($"{i}", "t", "/nowhere", ItemState.Expired);
                item.Source = "TwitchClips:1";
                item.ChangedAt = item.DiscoveredAt = item.RecordedAt = _keep.Now.AddDays(-Ancient);
                return item;
            })
            .ToList();
        await _keep.ItemAsync(ItemState.Candidate, 0);
        await _keep.AddAsync([.. items]);
        await _keep.AddAsync([
            .. items.SelectMany(i => Enumerable.Range(0, 3).Select(_ => new Attempt { ItemId = i.Id })),
        ]);

        var removed = (await _keep.PruneAsync()).Removed;

        Assert.That(removed.Select(r => r.Count), Is.EquivalentTo(new[] { 2100, 700 }));
        Assert.That(await IdsAsync(), Has.Count.EqualTo(1));
    }

    private Run Run(string channel, int days, int selected) =>
        new()
        {
            Channel = channel,
            StartedAt = _keep.Now.AddDays(-days),
            Selected = selected,
        };

    private JobRun Job(int days, JobOutcome outcome) =>
        new()
        {
            Job = "backup",
            StartedAt = _keep.Now.AddDays(-days),
            EndedAt = _keep.Now.AddDays(-days),
            Outcome = outcome,
        };

    private Alert Alert(string rule, int? resolvedDays) =>
        new()
        {
            Rule = rule,
            Subject = "x",
            Message = "x",
            RaisedAt = _keep.Now.AddDays(-Ancient),
            ResolvedAt = resolvedDays is { } days ? _keep.Now.AddDays(-days) : null,
        };

    private async Task<List<ItemId>> IdsAsync()
    {
        await using var db = _keep.World.Open();
        return await db.Items.Select(i => i.Id).ToListAsync();
    }
}
