using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Quartz;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Jobs;

internal sealed class ItemQueueTests
{
    private JobsWorld _jobs = null!;
    private Func<CancellationToken, Outcome> _stage = null!;

    [SetUp]
    public async Task MakeWorld()
    {
        _stage = _ => new Outcome.Advanced();
        _jobs = await JobsWorld.MakeAsync(cancel => _stage(cancel));
    }

    [TearDown]
    public async Task CleanUp() => await _jobs.DisposeAsync();

    [Test]
    public async Task Adding_again_moves_the_time_of_a_waiting_item()
    {
        var item = await _jobs.World.AddAsync("a.mp4", "a");
        var now = _jobs.Clock.GetUtcNow();
        await _jobs.Queue.AddAsync(item.Id, item.Channel, now.AddHours(3), CancellationToken.None);
        Assert.That(await StartOfAsync(item), Is.EqualTo(now.AddHours(3)));
        await _jobs.Queue.AddAsync(item.Id, item.Channel, notBefore: null, CancellationToken.None);
        Assert.That(await StartOfAsync(item), Is.EqualTo(now));
        await _jobs.Queue.AddAsync(item.Id, item.Channel, now.AddHours(-3), CancellationToken.None);
        Assert.That(await StartOfAsync(item), Is.EqualTo(now), "the past is now");
    }

    [Test]
    public async Task After_a_start_everything_under_way_has_its_job_again_at_its_time()
    {
        var later = await _jobs.World.AddAsync("a.mp4", "a", ItemState.Render);
        var atOnce = await _jobs.World.AddAsync("b.mp4", "b", ItemState.Publish);
        await _jobs.World.AddAsync("c.mp4", "c", ItemState.Candidate);
        await _jobs.World.AddAsync("d.mp4", "d", ItemState.Published);
        var notBefore = _jobs.Clock.GetUtcNow().AddHours(1);
        await using (var db = _jobs.World.Open())
            await db
                .Items.Where(i => i.Id == later.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(i => i.NotBefore, notBefore));
        Assert.That(await _jobs.Queue.ResumeAsync(CancellationToken.None), Is.EqualTo(2));
        Assert.That(await StartOfAsync(later), Is.EqualTo(notBefore));
        Assert.That(await StartOfAsync(atOnce), Is.EqualTo(_jobs.Clock.GetUtcNow()));
    }

    [Test]
    public async Task What_another_process_has_moved_forward_comes_at_its_new_time()
    {
        var item = await _jobs.World.AddAsync("a.mp4", "a", ItemState.Publish);
        var now = _jobs.Clock.GetUtcNow();
        await _jobs.Queue.AddAsync(item.Id, item.Channel, now.AddHours(3), CancellationToken.None);
        await MoveAsync(item, now.AddHours(3));
        Assert.That(await _jobs.Queue.ResumeAsync(CancellationToken.None), Is.Zero, "it comes in time");
        Assert.That(await StartOfAsync(item), Is.EqualTo(now.AddHours(3)));

        await MoveAsync(item, now.AddHours(1));
        Assert.That(await _jobs.Queue.ResumeAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That(await StartOfAsync(item), Is.EqualTo(now.AddHours(1)));
    }

    [Test]
    public async Task A_stage_that_has_to_wait_is_tried_again_at_its_time_until_the_item_ends()
    {
        var tries = 0;
        _stage = _ => ++tries % 2 == 1 ? throw new UnavailableException("the disk is away") : new Outcome.Advanced();
        await AssertWalksToEndAsync(await _jobs.World.AddAsync("a.mp4", "a"));
        Assert.That(tries, Is.EqualTo(8));
    }

    [Test]
    public async Task What_the_database_could_not_take_is_done_again()
    {
        var failures = 0;
        _stage = _ => new Outcome.Advanced
        {
            Record = (_, _, _) =>
                ++failures <= 2 ? throw new SqliteException("disk I/O error", 10) : Task.FromResult<Outcome?>(null),
        };
        await AssertWalksToEndAsync(await _jobs.World.AddAsync("a.mp4", "a"));
    }

    [Test]
    public async Task Even_an_error_nobody_thought_of_does_not_lose_the_item()
    {
        var failures = 0;
        _stage = _ => new Outcome.Advanced
        {
            Record = (_, _, _) =>
                ++failures <= 2 ? throw new FormatException("a bug") : Task.FromResult<Outcome?>(null),
        };
        await AssertWalksToEndAsync(await _jobs.World.AddAsync("a.mp4", "a"));
    }

    [Test]
    public async Task Walking_to_the_end_is_over_when_the_item_has_ended()
    {
        var item = await _jobs.World.AddAsync("a.mp4", "a");
        await WalkToEndAsync(item);
        await using var db = _jobs.World.Open();
        Assert.That((await db.Items.SingleAsync()).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task Walking_to_the_end_is_over_when_the_item_has_to_wait_and_takes_its_job_away()
    {
        _stage = _ => throw new UnavailableException("the disk is away");
        var item = await _jobs.World.AddAsync("a.mp4", "a");
        await WalkToEndAsync(item);
        Assert.That(await _jobs.Scheduler.Exists(new JobKey($"{item.Id}", "items")), Is.False);
        await using var db = _jobs.World.Open();
        Assert.That((await db.Items.SingleAsync()).Reason, Is.EqualTo("the disk is away"));
    }

    private async Task WalkToEndAsync(Item item)
    {
        await _jobs.Scheduler.Start();
        var walk = _jobs.Queue.WalkToEndAsync(item, CancellationToken.None);
        await _jobs.AssertEventuallyAsync(() => Task.FromResult(walk.IsCompleted), TimeSpan.FromSeconds(1));
        await walk;
    }

    private async Task MoveAsync(Item item, DateTimeOffset notBefore)
    {
        await using var db = _jobs.World.Open();
        await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.NotBefore, notBefore));
    }

    private async Task AssertWalksToEndAsync(Item item)
    {
        await _jobs.Scheduler.Start();
        await _jobs.Queue.AddAsync(item.Id, item.Channel, notBefore: null, CancellationToken.None);
        await _jobs.AssertEventuallyAsync(
            async () =>
            {
                await using var db = _jobs.World.Open();
                return await db.Items.AnyAsync(i => i.Id == item.Id && i.State == ItemState.Published);
            },
            TimeSpan.FromSeconds(10)
        );
    }

    private async Task<DateTimeOffset?> StartOfAsync(Item item) =>
        (await _jobs.Scheduler.GetTrigger(new TriggerKey($"{item.Id}", "items")))?.StartTimeUtc;
}
