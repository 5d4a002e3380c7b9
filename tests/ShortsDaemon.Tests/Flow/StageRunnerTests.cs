using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Flow;

internal sealed class StageRunnerTests
{
    // What the database keeps of an instant.
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    private FlowWorld _world = null!;
    private Item _item = null!;
    private Func<CancellationToken, Outcome> _stage = null!;

    [SetUp]
    public async Task MakeWorld()
    {
        _stage = _ => new Outcome.Advanced();
        _world = new FlowWorld(change: services =>
        {
            foreach (var real in services.Where(s => s.ServiceType == typeof(IStage)).ToList())
                services.Remove(real);
            foreach (var state in ItemStates.Working)
                services.AddSingleton<IStage>(new Scripted(state, cancel => _stage(cancel)));
        });
        _item = await _world.AddAsync("clip.mp4", "x", ItemState.Gate);
    }

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task Advancing_enters_the_next_state_with_clean_counters()
    {
        _stage = _ => throw new InvalidOperationException("once");
        await RunAsync();
        _stage = _ => new Outcome.Advanced();
        var item = await RunAsync();
        Assert.That((item.State, item.Tries, item.Waits), Is.EqualTo((ItemState.Publish, 0, 0)));
        Assert.That((item.Reason, item.NotBefore), Is.EqualTo(((string?)null, (DateTimeOffset?)null)));
        Assert.That(await ResultsAsync(), Is.EqualTo(new[] { AttemptResult.Retrying, AttemptResult.Advanced }));
    }

    [Test]
    public async Task What_was_decided_on_the_way_is_kept_with_the_try_and_not_taken_for_a_reason_to_wait()
    {
        _stage = _ => new Outcome.Advanced { Note = "layout Native: it is vertical already" };
        var item = await RunAsync();
        Assert.That((item.State, item.Reason), Is.EqualTo((ItemState.Publish, (string?)null)));
        await using var db = _world.Open();
        var attempt = await db.Attempts.SingleAsync(a => a.ItemId == item.Id);
        Assert.That(attempt.Reason, Is.EqualTo("layout Native: it is vertical already"));
    }

    [Test]
    public async Task Given_up_after_the_allowed_tries_with_longer_and_longer_waits()
    {
        _stage = _ => throw new InvalidOperationException("ffmpeg fell over");
        var first = await RunAsync();
        Assert.That((first.State, first.Tries), Is.EqualTo((ItemState.Gate, 1)));
        Assert.That(Wait(first), Is.InRange(27, 33));
        var second = await RunAsync();
        Assert.That(Wait(second), Is.InRange(54, 66));
        var third = await RunAsync();
        Assert.That(third.State, Is.EqualTo(ItemState.Failed));
        Assert.That(third.Reason, Is.EqualTo("given up after 3 tries: ffmpeg fell over"));
    }

    [Test]
    public async Task Waiting_never_counts_as_a_try()
    {
        _stage = _ => throw new UnavailableException("disk is full");
        for (var i = 0; i < 20; i++)
            await RunAsync();
        var when = _world.Clock.GetUtcNow().AddDays(1);
        _stage = _ => new Outcome.RetryLater(when, "window closed");
        var item = await RunAsync();
        Assert.That((item.State, item.Tries, item.Waits), Is.EqualTo((ItemState.Gate, 0, 21)));
        Assert.That((item.NotBefore, item.Reason), Is.EqualTo((when, "window closed")));
    }

    [Test]
    public async Task A_wait_whose_end_is_known_ends_the_trouble_before_it()
    {
        _stage = _ => throw new UnavailableException("disk is full");
        for (var i = 0; i < 5; i++)
            await RunAsync();
        _stage = _ => throw new NotYetException(_world.Clock.GetUtcNow().AddDays(1), "its slot");
        Assert.That((await RunAsync()).Waits, Is.EqualTo(1));
    }

    [Test]
    public async Task Refused_input_ends_at_once()
    {
        _stage = _ => throw new RefusedMediaException("it is a playlist");
        var item = await RunAsync();
        Assert.That((item.State, item.Reason), Is.EqualTo((ItemState.Rejected, "it is a playlist")));
    }

    [Test]
    public async Task Lost_files_step_back_ten_times_and_then_it_is_given_up()
    {
        _stage = _ => throw new MissingArtefactException(ItemState.Download, "gone");
        for (var i = 1; i <= 10; i++)
        {
            var item = await RunAsync();
            Assert.That((item.State, item.StepsBack), Is.EqualTo((ItemState.Download, i)));
            await PutAsync(ItemState.Gate);
        }
        var last = await RunAsync();
        Assert.That((last.State, last.Reason), Is.EqualTo((ItemState.Failed, "given up after 10 steps back: gone")));
        Assert.That((await ResultsAsync())[^1], Is.EqualTo(AttemptResult.Failed));
    }

    [Test]
    public async Task An_interrupted_stage_keeps_state_and_counters()
    {
        _stage = _ => throw new InvalidOperationException("once");
        var before = await RunAsync();
        using var stop = new CancellationTokenSource();
        _stage = cancel =>
        {
            stop.Cancel();
            cancel.ThrowIfCancellationRequested();
            return new Outcome.Advanced();
        };
        Assert.CatchAsync<OperationCanceledException>(() => RunAsync(stop.Token));
        var after = await ReadAsync();
        Assert.That((after.State, after.Tries), Is.EqualTo((before.State, 1)));
        Assert.That(after.NotBefore, Is.EqualTo(before.NotBefore).Within(Microsecond));
        Assert.That((await ResultsAsync())[^1], Is.EqualTo(AttemptResult.Interrupted));
    }

    [Test]
    public async Task Work_done_before_the_stop_was_heard_is_kept()
    {
        using var stop = new CancellationTokenSource();
        _stage = _ =>
        {
            stop.Cancel();
            return new Outcome.Advanced();
        };
        Assert.CatchAsync<OperationCanceledException>(() => RunAsync(stop.Token));
        Assert.That((await ReadAsync()).State, Is.EqualTo(ItemState.Publish));
    }

    [Test]
    public async Task A_channel_that_left_the_configuration_makes_its_items_wait_and_coming_back_lets_them_go_on()
    {
        var with = _world.Live.Value;
        _world.Live.Accept(new ShortsOptions { Daemon = with.Daemon, Storage = with.Storage });
        var next = await _world.Get<ItemWalk>().WalkAsync(_item.Id, CancellationToken.None);
        var waiting = await ReadAsync();
        Assert.That(next, Is.EqualTo(_world.Clock.GetUtcNow().AddMinutes(10)));
        Assert.That((waiting.State, waiting.Tries), Is.EqualTo((ItemState.Gate, 0)));
        Assert.That(waiting.Reason, Does.Contain("'inbox' is not in the configuration"));
        _world.Live.Accept(with);
        _world.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That(await _world.Get<ItemWalk>().WalkAsync(_item.Id, CancellationToken.None), Is.Null);
        Assert.That((await ReadAsync()).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task What_somebody_else_changed_meanwhile_is_not_overwritten()
    {
        var seen = await ReadAsync();
        await PutAsync(ItemState.Rejected);
        Assert.ThrowsAsync<DbUpdateConcurrencyException>(() =>
            _world.Get<StageRunner>().RunAsync(seen, CancellationToken.None)
        );
        Assert.That((await ReadAsync()).State, Is.EqualTo(ItemState.Rejected));
        Assert.That(await ResultsAsync(), Is.Empty);
    }

    [Test]
    public async Task What_a_stage_finds_while_recording_can_change_its_mind_and_a_failed_record_changes_nothing()
    {
        _stage = _ => new Outcome.Advanced { Record = (_, _, _) => throw new DbUpdateException("no") };
        Assert.ThrowsAsync<DbUpdateException>(() => RunAsync());
        Assert.That((await ReadAsync()).State, Is.EqualTo(ItemState.Gate));
        _stage = _ => new Outcome.Advanced
        {
            Record = (_, _, _) => Task.FromResult<Outcome?>(new Outcome.Rejected("a duplicate")),
        };
        var item = await RunAsync();
        Assert.That((item.State, item.Reason), Is.EqualTo((ItemState.Rejected, "a duplicate")));
    }

    [Test]
    public async Task An_item_walks_to_its_end_and_its_folder_goes()
    {
        _world.Data.Of(_item.Id).Create();
        Assert.That(await _world.Get<ItemWalk>().WalkAsync(_item.Id, CancellationToken.None), Is.Null);
        Assert.That(Directory.Exists(_world.Data.Of(_item.Id).Root), Is.False);
    }

    [Test]
    public async Task Before_its_time_nothing_is_tried()
    {
        _stage = _ => throw new UnavailableException("later");
        var next = await _world.Get<ItemWalk>().WalkAsync(_item.Id, CancellationToken.None);
        Assert.That(
            await _world.Get<ItemWalk>().WalkAsync(_item.Id, CancellationToken.None),
            Is.EqualTo(next).Within(Microsecond)
        );
        Assert.That(await ResultsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_wait_written_down_by_a_clock_that_was_wrong_is_over()
    {
        _world.Clock.JumpWallClock(TimeSpan.FromDays(3650));
        _stage = _ => throw new UnavailableException("later");
        await RunAsync();
        _world.Clock.JumpWallClock(TimeSpan.FromDays(-3650));
        _stage = _ => new Outcome.Advanced();
        Assert.That(await _world.Get<ItemWalk>().WalkAsync(_item.Id, CancellationToken.None), Is.Null);
        Assert.That((await ReadAsync()).State, Is.EqualTo(ItemState.Published));
    }

    private double Wait(Item item) => (item.NotBefore!.Value - _world.Clock.GetUtcNow()).TotalSeconds;

    private async Task<Item> RunAsync(CancellationToken cancel = default) =>
        await _world.Get<StageRunner>().RunAsync(await ReadAsync(), cancel);

    private async Task<Item> ReadAsync()
    {
        await using var db = _world.Open();
        return await db.Items.AsNoTracking().SingleAsync(i => i.Id == _item.Id);
    }

    private async Task PutAsync(ItemState state)
    {
        await using var db = _world.Open();
        (await db.Items.SingleAsync(i => i.Id == _item.Id)).State = state;
        await db.SaveChangesAsync();
    }

    private async Task<List<AttemptResult>> ResultsAsync()
    {
        await using var db = _world.Open();
        return await db.Attempts.OrderBy(a => a.Id).Select(a => a.Result).ToListAsync();
    }

    private sealed class Scripted(ItemState state, Func<CancellationToken, Outcome> work) : IStage
    {
        public ItemState State => state;

        public Task<Outcome> RunAsync(StageContext context, CancellationToken cancel) =>
            Task.Run(() => work(cancel), CancellationToken.None);
    }
}
