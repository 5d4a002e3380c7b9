using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Storage;
using static ShortsDaemon.Tests.Publish.Posting.PostingHoursTests;

namespace ShortsDaemon.Tests.Publish.Posting;

internal sealed class PostingSlotsTests
{
    private PostingWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new PostingWorld(Evenings());

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task A_Short_waits_for_its_slot_and_goes_out_then()
    {
        var item = await _world.VisitAsync(await _world.ItemAsync("a"));

        Assert.That(
            (item.State, item.Waits, item.NotBefore),
            Is.EqualTo((ItemState.Publish, 1, At("2026-01-15 16:00")))
        );
        Assert.That(item.Reason, Is.EqualTo("its slot at inbox/Stage is 2026-01-15 17:00:00 (Europe/Berlin)"));
        Assert.That((await _world.PromiseAsync(item)).SlotAt, Is.EqualTo(Utc("2026-01-15 16:00")));
        Assert.That(_world.Publisher.Taken, Is.Empty);

        _world.SetClock("2026-01-15 16:00");
        Assert.That((await _world.VisitAsync(item)).State, Is.EqualTo(ItemState.Published));
        Assert.That(_world.Publisher.Taken, Is.EqualTo(["a"]));
    }

    [Test]
    public async Task Looking_again_keeps_the_slot_and_is_no_trouble()
    {
        var item = await _world.ItemAsync("a");
        for (var i = 0; i < 5; i++)
            item = await _world.VisitAsync(item);

        Assert.That((item.Waits, item.NotBefore), Is.EqualTo((1, At("2026-01-15 16:00"))));
        await using var db = _world.World.Open();
        Assert.That(await db.Attempts.CountAsync(), Is.EqualTo(1), "one line in the story");
    }

    [Test]
    public async Task However_many_look_at_once_each_gets_a_slot_of_its_own()
    {
        var items = new List<Item>();
        for (var i = 0; i < 12; i++)
            items.Add(await _world.ItemAsync($"clip {i}"));

        await Task.WhenAll(items.Select(item => Task.Run(() => _world.VisitAsync(item))));

        await using var db = _world.World.Open();
        var slots = await db.Publications.Select(p => p.SlotAt).OrderBy(at => at).ToListAsync();
        var expected =
            from day in Enumerable.Range(15, 4)
            from hour in new[] { 16, 18, 20 }
            select (DateTimeOffset?)Utc($"2026-01-{day} {hour}:00");
        Assert.That(slots, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_slot_that_passed_is_taken_anew()
    {
        var first = await _world.VisitAsync(await _world.ItemAsync("a"));
        var second = await _world.VisitAsync(await _world.ItemAsync("b"));
        Assert.That(second.NotBefore, Is.EqualTo(Utc("2026-01-15 18:00")));

        // Nobody was there until the window had closed.
        _world.SetClock("2026-01-15 23:00");
        Assert.That((await _world.VisitAsync(second)).NotBefore, Is.EqualTo(Utc("2026-01-16 16:00")));
        Assert.That((await _world.VisitAsync(first)).NotBefore, Is.EqualTo(Utc("2026-01-16 18:00")));
        Assert.That(_world.Publisher.Taken, Is.Empty);
    }

    [Test]
    public async Task Spacing_counts_from_when_the_last_one_really_appeared()
    {
        var first = await _world.VisitAsync(await _world.ItemAsync("a"));
        var second = await _world.VisitAsync(await _world.ItemAsync("b"));
        _world.Publisher.Before = _ => _world.Clock.Advance(TimeSpan.FromMinutes(7));
        _world.SetClock("2026-01-15 16:00");
        await _world.VisitAsync(first);

        _world.SetClock("2026-01-15 18:00");
        Assert.That((await _world.VisitAsync(second)).NotBefore, Is.EqualTo(Utc("2026-01-15 18:07")));
    }

    [TestCase(3, 120, 0.2)]
    [TestCase(10, 120, 0.2)]
    [TestCase(10, 120, 5)]
    [TestCase(10, 1, 5)]
    [TestCase(10, 45, 5)]
    public async Task Who_wakes_late_neither_loses_its_slot_nor_overtakes(int count, int spacing, double late)
    {
        _world.Use(Evenings(spacing: spacing));
        Dictionary<string, DateTimeOffset> appeared = [];
        _world.Publisher.Before = shipment => appeared.Add(shipment.Item.Title, _world.Now);
        List<Item> items = [];
        for (var i = 0; i < count; i++)
            items.Add(await _world.VisitAsync(await _world.ItemAsync($"clip {i}")));

        var most = 20 * count;
        while (items.Count > 0 && most-- > 0)
        {
            var next = items.MinBy(i => i.NotBefore)!;
            if (next.NotBefore + TimeSpan.FromSeconds(late) is { } wakes && wakes > _world.Now)
                _world.Clock.JumpWallClock(wakes - _world.Now);
            items.Remove(next);
            var seen = await _world.VisitAsync(next);
            if (seen.State != ItemState.Published)
                items.Add(seen);
        }

        var times = appeared.Values.ToList();
        Assert.Multiple(() =>
        {
            Assert.That(appeared.Keys, Is.EqualTo(Enumerable.Range(0, count).Select(i => $"clip {i}")));
            Assert.That(
                times.Zip(times.Skip(1), (one, other) => (other - one).TotalMinutes),
                Is.All.GreaterThanOrEqualTo(spacing)
            );
            Assert.That(times.GroupBy(at => at.Date).Select(day => day.Count()), Is.All.AtMost(6));
            // Berlin is an hour ahead.
            Assert.That(times.Select(at => at.TimeOfDay.TotalHours), Is.All.InRange(16, 21.5));
            var days = (count + 2) / 3;
            Assert.That(times[^1], Is.LessThan(Utc("2026-01-15 22:00").AddDays(days - 1)), "no evening is lost");
        });
    }

    [Test]
    public async Task Two_that_are_sent_at_the_same_moment_are_not()
    {
        _world.SetClock("2026-01-15 17:00");
        var second = await _world.ItemAsync("b");
        _world.Publisher.Before = shipment =>
        {
            if (shipment.Item.Title == "a")
                second = Task.Run(() => _world.VisitAsync(second)).GetAwaiter().GetResult();
        };
        await _world.VisitAsync(await _world.ItemAsync("a"));

        Assert.That(second.NotBefore, Is.EqualTo(Utc("2026-01-15 19:00")));
        Assert.That(_world.Publisher.Taken, Is.EqualTo(["a"]));
    }

    [Test]
    public async Task An_item_that_ends_gives_its_slot_back()
    {
        var first = await _world.VisitAsync(await _world.ItemAsync("a"));
        await _world.ChangeAsync(db =>
            db.Items.Where(i => i.Id == first.Id).ExecuteUpdateAsync(i => i.SetProperty(x => x.State, ItemState.Failed))
        );

        var second = await _world.VisitAsync(await _world.ItemAsync("b"));

        Assert.That(second.NotBefore, Is.EqualTo(Utc("2026-01-15 16:00")));
    }

    [Test]
    public async Task An_edit_of_the_windows_moves_the_slot()
    {
        var item = await _world.VisitAsync(await _world.ItemAsync("a"));
        _world.Use(Evenings("18:00-20:00"));
        Assert.That((await _world.VisitAsync(item)).NotBefore, Is.EqualTo(Utc("2026-01-15 17:00")));
        _world.Use(Evenings("11:00-23:00"));
        Assert.That((await _world.VisitAsync(item)).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task Who_is_hurried_waits_for_no_window_spacing_or_cap_but_counts_for_the_others()
    {
        _world.SetClock("2026-01-15 16:00");
        await _world.VisitAsync(await _world.ItemAsync("a"));
        var waiting = await _world.VisitAsync(await _world.ItemAsync("b"));
        var hurried = await _world.ItemAsync("c");
        _world.SetClock("2026-01-15 17:30");

        var version = (await _world.ReadAsync(hurried.Id)).Version;
        await _world.World.Get<Hurry>().AskAsync(hurried.Id, "ada", default);
        Assert.That((await _world.ReadAsync(hurried.Id)).Version, Is.EqualTo(version + 1), "who looks now is stopped");
        Assert.That((await _world.VisitAsync(hurried)).State, Is.EqualTo(ItemState.Published));
        Assert.That(_world.Publisher.Taken, Is.EqualTo(["a", "c"]));

        _world.SetClock("2026-01-15 18:00");
        Assert.That((await _world.VisitAsync(waiting)).NotBefore, Is.EqualTo(Utc("2026-01-15 19:30")));
    }

    [Test]
    public async Task What_is_uploaded_ahead_goes_at_once_and_knows_when_it_is_to_appear()
    {
        _world.Use(
            new()
            {
                Type = "Stage",
                Credentials = "main",
                Windows = [new() { Hours = "17:00-22:00" }],
                UploadAhead = true,
            }
        );
        DateTimeOffset? slot = null;
        _world.Publisher.Before = shipment => slot = shipment.Publication.SlotAt;
        await _world.VisitAsync(await _world.ItemAsync("a"));
        Assert.That(slot, Is.EqualTo(Utc("2026-01-15 16:00")));
        await _world.VisitAsync(await _world.ItemAsync("b"));
        Assert.That(slot, Is.EqualTo(Utc("2026-01-15 18:00")), "spacing counts from when the first appears");
    }

    [Test]
    public async Task Two_channels_of_one_project_share_its_quota()
    {
        var options = new YouTubeDestinationOptions
        {
            Type = "Stage",
            Credentials = "main",
            MinSpacing = 0,
            MaxPerDay = 0,
            Windows = [new() { Hours = "17:00-22:00" }],
        };
        _world.Use(options, uploads: 2, "inbox", "other");
        List<DateTimeOffset?> slots = [];
        foreach (var channel in new[] { "inbox", "other", "inbox", "other", "inbox" })
            slots.Add((await _world.VisitAsync(await _world.ItemAsync($"clip {slots.Count}", channel))).NotBefore);

        // The Pacific day begins at 8:00 UTC, so each evening in Berlin is a day of its own.
        string[] expected = ["15", "15", "16", "16", "17"];
        Assert.That(slots, Is.EqualTo(expected.Select(day => (DateTimeOffset?)Utc($"2026-01-{day} 16:00"))));
    }

    [TestCase("account:YouTube/main")]
    [TestCase("destination:inbox/Stage")]
    [TestCase("project:YouTube/123/uploads")]
    public async Task A_shut_door_keeps_it_until_it_opens(string door)
    {
        _world.SetClock("2026-01-15 16:00");
        var holds = _world.World.Get<Holds>();
        await holds.ShutAsync(door, "log in again", _world.Now.AddHours(2), default);
        var item = await _world.VisitAsync(await _world.ItemAsync("a"));
        Assert.That(
            (item.NotBefore, item.Reason),
            Is.EqualTo((At("2026-01-15 18:00"), $"{door} is held: log in again"))
        );

        await holds.ShutAsync(door, "log in again", until: null, default);
        item = await _world.VisitAsync(item);
        Assert.That(item.NotBefore, Is.EqualTo(_world.Now.AddMinutes(10)));

        Assert.That(await holds.ReleaseAsync(door, default), Is.True);
        Assert.That(await holds.ReleaseAsync(door, default), Is.False);
        Assert.That((await _world.ReadAsync(item.Id)).NotBefore, Is.EqualTo(_world.Now), "it is woken");
        Assert.That((await _world.VisitAsync(item)).State, Is.EqualTo(ItemState.Published));
    }

    [TestCase(PostingProgress.Begun, "project:YouTube/123/uploads", true)]
    [TestCase(PostingProgress.Begun, "destination:inbox/Stage", false)]
    [TestCase(PostingProgress.Arrived, "destination:inbox/Stage", true)]
    [TestCase(PostingProgress.Arrived, "account:YouTube/main", false)]
    public async Task What_has_begun_needs_no_slot_and_only_the_doors_before_it(
        PostingProgress progress,
        string door,
        bool passes
    )
    {
        var item = await _world.VisitAsync(await _world.ItemAsync("a"));
        await _world.ChangeAsync(async db =>
        {
            var promise = await db.Publications.SingleAsync();
            (promise.SessionUri, promise.SessionAt) = ("secret", _world.Now);
            if (progress == PostingProgress.Arrived)
                (promise.RemoteId, promise.PublishedAt) = ("video", _world.Now);
            await db.SaveChangesAsync();
        });
        await _world.World.Get<Holds>().ShutAsync(door, "full", until: null, default);

        item = await _world.VisitAsync(item);

        Assert.That(item.State, Is.EqualTo(passes ? ItemState.Published : ItemState.Publish));
    }

    [Test]
    public async Task A_hold_of_another_account_is_no_concern()
    {
        _world.SetClock("2026-01-15 16:00");
        await _world.World.Get<Holds>().ShutAsync("account:YouTube/second", "revoked", until: null, default);
        await _world.World.Get<Holds>().ShutAsync("account:YouTube/main", "over", _world.Now, default);

        Assert.That((await _world.VisitAsync(await _world.ItemAsync("a"))).State, Is.EqualTo(ItemState.Published));
    }

    private static DateTimeOffset? At(string utc) => Utc(utc);

    private static YouTubeDestinationOptions Evenings(string hours = "17:00-22:30", int spacing = 120) =>
        new()
        {
            Type = "Stage",
            Credentials = "main",
            MinSpacing = spacing,
            Windows = [new() { Hours = hours }],
        };
}
