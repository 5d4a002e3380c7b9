using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Canary;

/// <summary>The test Short walks through the real stages, and nothing of it stays.</summary>
internal sealed class CanaryTests
{
    private FakeMediaTools _tools = null!;
    private FlowWorld _world = null!;

    private IMaintenance Job => _world.Get<MaintenanceCatalog>().Find("canary")!;

    [SetUp]
    public void MakeWorld() => _world = new FlowWorld(tools: _tools = new FakeMediaTools());

    [TearDown]
    public void CleanUp()
    {
        _world.Dispose();
        _tools.Dispose();
    }

    [Test]
    public async Task It_is_made_checked_and_laid_down_and_leaves_nothing_behind()
    {
        Assert.That(await Job.RunAsync(default), Does.StartWith("A test Short of").And.Contains("was made, checked"));
        await AssertCleanAsync();
        var item = await _world.AddAsync("a.mp4", "a");
        Assert.That(item.Id.Value, Is.EqualTo(1), "it has used up no number");
    }

    [Test]
    public async Task It_works_in_a_dry_run_too()
    {
        var options = _world.Live.Value;
        _world.Live.Accept(
            new()
            {
                Daemon = new() { DataDirectory = options.Daemon.DataDirectory, DryRun = true },
                Storage = options.Storage,
                Tools = options.Tools,
                Health = options.Health,
            }
        );
        Assert.That(await Job.RunAsync(default), Does.Contain("was made, checked"));
    }

    [Test]
    public async Task What_stops_it_is_said_and_nothing_of_it_stays()
    {
        _tools.Misbehave("ToolRefuse");
        Assert.That(
            async () => await Job.RunAsync(default),
            Throws.TypeOf<MaintenanceException>().With.Message.Contains("could not be made: it stands at Rejected: ")
        );
        await AssertCleanAsync();
    }

    [Test]
    public async Task One_that_a_killed_process_left_is_cleared_away_first()
    {
        await _world.Get<CanaryCage>().LayAsync(default);
        Assert.That(await Job.RunAsync(default), Does.Contain("was made, checked"));
        await AssertCleanAsync();
    }

    [Test]
    public async Task No_list_shows_it()
    {
        await _world.Get<CanaryCage>().LayAsync(default);
        await using var db = _world.Open();
        var list = await HistoryList.ReadAsync(db, new HistoryFilter(null, null, 10), default);
        Assert.That((list.Lines.Count, list.Older), Is.EqualTo((0, 0)));
    }

    private async Task AssertCleanAsync()
    {
        await using var db = _world.Open();
        int[] rows =
        [
            await db.Items.CountAsync(),
            await db.Attempts.CountAsync(),
            await db.Renditions.CountAsync(),
            await db.Publications.CountAsync(),
            await db.Channels.CountAsync(),
        ];
        Assert.That(rows, Is.All.Zero);
        Assert.That(_world.Data.Canary, Does.Not.Exist);
        Assert.That(_world.Data.Of(CanaryItem.Id).Root, Does.Not.Exist);
    }
}
