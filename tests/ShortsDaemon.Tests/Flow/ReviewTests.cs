using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Gate;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Render;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Flow;

/// <summary>A Short that waits for a person, and what a person may do with an item.</summary>
internal sealed class ReviewTests
{
    private FlowWorld _world = null!;
    private SlowStage _slow = null!;

    private ItemActions Act => _world.Get<ItemActions>();

    [SetUp]
    public void Begin()
    {
        _slow = new SlowStage();
        _world = new FlowWorld(change: services =>
        {
            foreach (var real in services.Where(IsMediaStage).ToList())
                services.Remove(real);
            services.AddSingleton<RenderDouble>().AddSingleton<IStage, GateDouble>();
            services.AddSingleton<IStage>(s => _slow.Around(s.GetRequiredService<RenderDouble>()));
        });
        _world.Review(isOn: true);
    }

    [TearDown]
    public void End() => _world.Dispose();

    [Test]
    public async Task It_waits_over_a_restart_until_somebody_approves_it_and_goes_out_once()
    {
        var id = await ToReviewAsync();
        _world.Restart();
        await _world.Get<WorkSweep>().RunAsync(CancellationToken.None);
        Assert.That(await WalkAsync(id), Is.Null, "nothing to come back for");
        Assert.That(File.Exists(_world.Data.Of(id).Video), Is.True);

        await Act.ApproveAsync(id, "ada");

        Assert.That(await WalkAsync(id), Is.EqualTo(_world.Clock.GetUtcNow() + ItemActions.UndoTime));
        _world.Clock.Advance(ItemActions.UndoTime);
        await WalkAsync(id);
        Assert.That((await ReadAsync(id)).State, Is.EqualTo(ItemState.Published));
        Assert.That(Directory.GetFiles(_world.Outbox, "*.mp4"), Has.Length.EqualTo(1));
        await using var db = _world.Open();
        var story = await db.Attempts.Where(a => a.Stage == ItemState.Review).ToListAsync();
        Assert.That(story.Select(a => a.Reason), Is.EqualTo(new[] { "approved by ada" }));
        var deed = await db.Audit.SingleAsync();
        Assert.That((deed.Who, deed.What, deed.ItemId), Is.EqualTo(("ada", "approve", (ItemId?)id)));
    }

    [Test]
    public async Task An_approval_is_taken_back_in_time_and_not_later()
    {
        var id = await ToReviewAsync();
        await Act.ApproveAsync(id, "ada");
        _world.Clock.Advance(TimeSpan.FromSeconds(9));

        await Act.UndoAsync(id, "ada");

        Assert.That((await ReadAsync(id)).State, Is.EqualTo(ItemState.Review));
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await WalkAsync(id), Is.Null);
        await Act.ApproveAsync(id, "ada");
        _world.Clock.Advance(ItemActions.UndoTime);
        Assert.That(await RefusedAsync(() => Act.UndoAsync(id, "ada")), Does.Contain("10 s have passed"));
        await WalkAsync(id);
        Assert.That((await ReadAsync(id)).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task Of_two_who_decide_at_once_one_wins_and_the_other_is_told()
    {
        var id = await ToReviewAsync();

        var told = await Task.WhenAll(
            TryAsync(() => Act.ApproveAsync(id, "ada")),
            TryAsync(() => Act.ApproveAsync(id, "bob"))
        );

        Assert.That(told.Count(words => words is null), Is.EqualTo(1));
        Assert.That(told.OfType<string>().Single(), Does.Contain($"tem {id}"));
        await using var db = _world.Open();
        Assert.That(await db.Audit.CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Switched_off_those_that_wait_go_on()
    {
        var id = await ToReviewAsync();
        Assert.That(await _world.Get<ReviewRelease>().RunAsync(CancellationToken.None), Is.Zero);

        _world.Review(isOn: false);

        Assert.That(await _world.Get<ReviewRelease>().RunAsync(CancellationToken.None), Is.EqualTo(1));
        await WalkAsync(id);
        Assert.That((await ReadAsync(id)).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task What_is_rejected_leaves_no_files_and_may_be_tried_again()
    {
        var id = await ToReviewAsync();

        await Act.RejectAsync(id, "ada", " too\nloud ");

        var item = await ReadAsync(id);
        Assert.That((item.State, item.Reason), Is.EqualTo((ItemState.Rejected, "rejected by ada: too loud")));
        Assert.That(Directory.Exists(_world.Data.Of(id).Root), Is.False);
        await Act.RetryAsync(id, "ada");
        await WalkAsync(id);
        Assert.That((await ReadAsync(id)).State, Is.EqualTo(ItemState.Review));
        await using var db = _world.Open();
        Assert.That(
            await db.Renditions.CountAsync(r => r.ItemId == id),
            Is.EqualTo(2),
            "the first one stays in the story"
        );
    }

    [Test]
    public async Task It_is_made_anew_as_wished_and_looked_at_again()
    {
        var id = await ToReviewAsync();
        await Act.ApproveAsync(id, "ada");

        await Act.RenderAsync(id, "ada", LayoutName.CentreCrop, captions: false);
        await WalkAsync(id);

        var item = await ReadAsync(id);
        Assert.That(
            (item.State, item.WantedLayout, item.WantedCaptions, item.ApprovedAt),
            Is.EqualTo((ItemState.Review, (LayoutName?)LayoutName.CentreCrop, (bool?)false, (DateTimeOffset?)null))
        );
        var look = new RenderOptions().For(item);
        Assert.That(look.Layout, Is.EqualTo(LayoutName.CentreCrop));
        Assert.That(look.Captions.Transcriber.ToString(), Is.EqualTo("None"));
    }

    [TestCase(nameof(Publication.SessionUri))]
    [TestCase(nameof(Publication.ReservedName))]
    [TestCase(nameof(Publication.RemoteId))]
    public async Task Once_something_may_have_been_sent_nothing_is_called_back(string sign)
    {
        var id = await ToReviewAsync();
        await Act.ApproveAsync(id, "ada");
        await PromiseAsync(id, sign);

        Func<Task>[] deeds =
        [
            () => Act.CancelAsync(id, "ada"),
            () => Act.RejectAsync(id, "ada", null),
            () => Act.RenderAsync(id, "ada", null, null),
            () => _world.Get<PublishWishes>().EditAsync(id, "ada", "other", null),
        ];
        foreach (var deed in deeds)
            Assert.That(await RefusedAsync(deed), Does.Contain("has begun, and that is not called back"));
        Assert.That((await ReadAsync(id)).State, Is.EqualTo(ItemState.Publish));
    }

    [Test]
    public async Task It_is_published_no_earlier_than_wanted()
    {
        var id = await ToReviewAsync();
        var wanted = _world.Clock.GetUtcNow().AddHours(5);
        await _world.Get<PublishWishes>().EditAsync(id, "ada", "My own title", new PublishTime(wanted));
        await Act.ApproveAsync(id, "ada");
        _world.Clock.Advance(ItemActions.UndoTime);

        Assert.That(await WalkAsync(id), Is.EqualTo(wanted));

        _world.Clock.Advance(TimeSpan.FromHours(5));
        await WalkAsync(id);
        Assert.That((await ReadAsync(id)).State, Is.EqualTo(ItemState.Published));
        var long300 = new string('x', 300);
        Assert.That(
            await RefusedAsync(() => _world.Get<PublishWishes>().EditAsync(id, "ada", long300, null)),
            Does.Contain("has begun")
        );
    }

    [Test]
    public async Task Cancel_stops_the_stage_that_works_at_it_and_retry_begins_with_it()
    {
        var item = await _world.AddAsync("a.mp4", "a");
        _slow.IsSlow = true;
        var walk = WalkAsync(item.Id);
        await _slow.Begun.Task;
        Assert.That(
            await RefusedAsync(() => Act.RenderAsync(item.Id, "ada", null, null)),
            Does.Contain("being rendered")
        );

        await Act.CancelAsync(item.Id, "ada");

        Assert.That(await walk, Is.Not.Null, "to be cleaned up");
        Assert.That(await WalkAsync(item.Id), Is.Null);
        Assert.That((await ReadAsync(item.Id)).Reason, Is.EqualTo("cancelled by ada"));
        Assert.That(Directory.Exists(_world.Data.Of(item.Id).Root), Is.False);
        _slow.IsSlow = false;
        await Act.RetryAsync(item.Id, "ada");
        Assert.That((await ReadAsync(item.Id)).State, Is.EqualTo(ItemState.Render));
        await WalkAsync(item.Id);
        Assert.That((await ReadAsync(item.Id)).State, Is.EqualTo(ItemState.Review));
    }

    [Test]
    public async Task What_makes_no_sense_is_refused_in_one_sentence()
    {
        var candidate = (await _world.AddAsync("a.mp4", "a", ItemState.Candidate)).Id;

        Assert.That(
            await RefusedAsync(() => Act.ApproveAsync(candidate, "ada")),
            Is.EqualTo($"Item {candidate} stays as it is: it waits to be selected.")
        );
        Assert.That(await RefusedAsync(() => Act.UndoAsync(candidate, "ada")), Does.Contain("has not been approved"));
        Assert.That(await RefusedAsync(() => Act.RetryAsync(candidate, "ada")), Does.Contain("waits to be selected"));
        Assert.That(
            await RefusedAsync(() => Act.CancelAsync(new ItemId(4711), "ada")),
            Is.EqualTo("There is no item 4711.")
        );
        await using var db = _world.Open();
        Assert.That(await db.Audit.AnyAsync(), Is.False);
    }

    private async Task<ItemId> ToReviewAsync()
    {
        var item = await _world.AddAsync("a.mp4", "a");
        Assert.That(await WalkAsync(item.Id), Is.Null);
        Assert.That((await ReadAsync(item.Id)).State, Is.EqualTo(ItemState.Review));
        return item.Id;
    }

    private async Task PromiseAsync(ItemId id, string sign)
    {
        await using var db = _world.Open();
        var rendition = await db.Renditions.SingleAsync(r => r.ItemId == id);
        var promise = new Publication
        {
            ItemId = id,
            RenditionId = rendition.Id,
            Destination = "inbox/Folder",
            Sha256 = rendition.Sha256!,
        };
        typeof(Publication).GetProperty(sign)!.SetValue(promise, "https://upload.example/1");
        db.Publications.Add(promise);
        await db.SaveChangesAsync();
    }

    private Task<DateTimeOffset?> WalkAsync(ItemId id) => _world.Get<ItemWalk>().WalkAsync(id, CancellationToken.None);

    private async Task<Item> ReadAsync(ItemId id)
    {
        await using var db = _world.Open();
        return await db.Items.AsNoTracking().SingleAsync(i => i.Id == id);
    }

    private static async Task<string> RefusedAsync(Func<Task> deed) =>
        await TryAsync(deed) ?? throw new AssertionException("It was not refused.");

    private static async Task<string?> TryAsync(Func<Task> deed)
    {
        try
        {
            await deed();
            return null;
        }
        catch (ActionRefusedException e)
        {
            return e.Message;
        }
    }

    private static bool IsMediaStage(ServiceDescriptor service) =>
        service.ImplementationType == typeof(RenderStage) || service.ImplementationType == typeof(GateStage);

    /// <summary>Renders until it is stopped, if it is to.</summary>
    private sealed class SlowStage
    {
        public bool IsSlow { get; set; }
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IStage Around(IStage inner) => new Shell(this, inner);

        private sealed class Shell(SlowStage slow, IStage inner) : IStage
        {
            public ItemState State => inner.State;

            public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
            {
                slow.Begun.TrySetResult();
                if (slow.IsSlow)
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                return await inner.RunAsync(context, cancel);
            }
        }
    }
}
