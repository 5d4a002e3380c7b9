using System.Text.Json;
using NUnit.Framework;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Tests.World;

internal sealed class TwitchClipsTests : TwitchTestBase
{
    private string _broadcaster = "";
    private string _token = "";

    [SetUp]
    public async Task MeetAsync()
    {
        _broadcaster = Twitch.AddBroadcaster("streamer");
        _token = $"Bearer {await AppTokenAsync()}";
    }

    [Test]
    public async Task Clips_come_by_views_and_those_asked_by_id_as_asked()
    {
        var few = Twitch.AddClip("streamer", "few", Now.AddMinutes(-1), views: 1);
        var many = Twitch.AddClip("streamer", "many", Now.AddDays(-30), views: 500);
        var some = Twitch.AddClip("streamer", "some", Now.AddMinutes(-2), views: 20);

        var listed = await ClipsAsync();
        var byId = await HelixAsync($"clips?id={few}&id=Nothing-x&id={many}");

        Assert.That(listed.Ids, Is.EqualTo(new[] { many, some, few }));
        Assert.That(byId.Ids, Is.EqualTo(new[] { few, many }));
    }

    [Test]
    public async Task A_clip_has_the_fields_of_the_reference()
    {
        var game = Twitch.AddGame("Chess");
        var made = new NewClip("what a save", Now)
        {
            Creator = "Fan",
            Game = game,
            Duration = 29.9,
            Views = 41,
        };
        Twitch.AddClip("streamer", made with { VodId = "2300000001", VodOffset = 754 });

        var clip = (await ClipsAsync()).Data.Single();

        Assert.That(clip.GetProperty("broadcaster_id").GetString(), Is.EqualTo(_broadcaster));
        Assert.That(clip.GetProperty("creator_name").GetString(), Is.EqualTo("Fan"));
        Assert.That(clip.GetProperty("game_id").GetString(), Is.EqualTo(game));
        Assert.That(clip.GetProperty("created_at").GetString(), Is.EqualTo("2026-01-15T12:00:00Z"));
        Assert.That(clip.GetProperty("duration").GetDouble(), Is.EqualTo(29.9));
        Assert.That(clip.GetProperty("view_count").GetInt32(), Is.EqualTo(41));
        Assert.That(clip.GetProperty("video_id").GetString(), Is.EqualTo("2300000001"));
        Assert.That(clip.GetProperty("vod_offset").GetInt32(), Is.EqualTo(754));
    }

    [TestCase("")]
    [TestCase("broadcaster_id=1&game_id=2")]
    [TestCase("broadcaster_id=1&id=2")]
    [TestCase("broadcaster_id=1&first=101")]
    [TestCase("broadcaster_id=1&first=x")]
    [TestCase("broadcaster_id=1&before=abc")]
    [TestCase("broadcaster_id=1&after=abc")]
    [TestCase("broadcaster_id=1&started_at=yesterday")]
    public async Task A_senseless_query_is_bad(string query) =>
        Assert.That((await HelixAsync("clips?" + query)).Status, Is.EqualTo(400));

    [Test]
    public async Task An_unknown_game_is_not_found() =>
        Assert.That((await HelixAsync("clips?game_id=1")).Status, Is.EqualTo(404));

    [Test]
    public async Task The_window_ignores_seconds_and_a_begin_alone_means_a_week()
    {
        var early = Twitch.AddClip("streamer", "early", new(2026, 1, 10, 11, 30, 10, TimeSpan.Zero), views: 3);
        var late = Twitch.AddClip("streamer", "late", new(2026, 1, 10, 12, 0, 30, TimeSpan.Zero), views: 2);
        var next = Twitch.AddClip("streamer", "next week", new(2026, 1, 17, 11, 31, 0, TimeSpan.Zero), views: 1);

        var closed = await ClipsAsync("&started_at=2026-01-10T11:30:50Z&ended_at=2026-01-10T12:00:59Z");
        var open = await ClipsAsync("&started_at=2026-01-10T11:30:00Z");
        var endAlone = await ClipsAsync("&ended_at=2026-01-10T11:59:00Z");

        Assert.That(closed.Ids, Is.EqualTo(new[] { early }));
        Assert.That(open.Ids, Is.EqualTo(new[] { early, late }));
        Assert.That(endAlone.Ids, Is.EqualTo(new[] { early, late, next }));
    }

    [Test]
    public async Task Pages_end_at_the_cap_without_a_cursor()
    {
        AddClips(1100);

        var pages = await PagesAsync(30);

        Assert.That(pages, Has.Count.EqualTo(10));
        Assert.That(pages.SelectMany(page => page.Ids).Distinct().Count(), Is.EqualTo(1000));
        Assert.That(pages[9].Json.GetProperty("pagination").EnumerateObject(), Is.Empty);
    }

    [Test]
    public async Task After_the_cap_old_clips_may_come_again_with_new_cursors()
    {
        (Twitch.Switches.RepeatAfterCap, Twitch.Switches.ClipCap) = (true, 250);
        AddClips(300);

        var pages = await PagesAsync(8);

        Assert.That(pages, Has.Count.EqualTo(8));
        Assert.That(pages.Select(page => page.Cursor).Distinct().Count(), Is.EqualTo(8));
        Assert.That(pages.Take(3).SelectMany(page => page.Ids).Distinct().Count(), Is.EqualTo(250));
        Assert.That(
            pages.Skip(3).SelectMany(page => page.Ids).Except(pages.Take(3).SelectMany(page => page.Ids)),
            Is.Empty
        );
    }

    [Test]
    public async Task Pages_may_overlap_and_lose_one()
    {
        Twitch.Switches.PagesOverlap = true;
        AddClips(300);

        var pages = await PagesAsync(3);

        Assert.That(pages[1].Ids[0], Is.EqualTo(pages[0].Ids[99]));
        Assert.That(pages.SelectMany(page => page.Ids).Distinct().Count(), Is.EqualTo(298));
    }

    [Test]
    public async Task Wide_windows_may_omit_clips_and_narrow_ones_others_each()
    {
        AddClips(90);
        const string Day = "&started_at=2026-01-15T00:00:00Z&ended_at=2026-01-16T00:00:00Z&first=100";
        const string Days = "&started_at=2026-01-14T00:00:00Z&ended_at=2026-01-16T00:00:00Z&first=100";

        Twitch.Switches.OmitInWindowsOver = TimeSpan.FromDays(1);
        var (narrow, wide) = (await ClipsAsync(Day), await ClipsAsync(Days));
        (Twitch.Switches.OmitInWindowsOver, Twitch.Switches.OmitOneOf) = (null, 5);
        var (one, other) = (await ClipsAsync(Day), await ClipsAsync(Days));

        Assert.That(narrow.Ids, Has.Count.EqualTo(90));
        Assert.That(wide.Ids, Has.Count.InRange(40, 80));
        Assert.That(one.Ids, Has.Count.InRange(50, 89));
        Assert.That(one.Ids, Is.Not.EquivalentTo(other.Ids));
        Assert.That(one.Ids.Union(other.Ids).Count(), Is.GreaterThan(one.Ids.Count));
    }

    [Test]
    public async Task The_recording_is_unknown_until_it_is_there()
    {
        var clip = new NewClip("fresh", Now)
        {
            VodId = "23",
            VodOffset = 5,
            VodKnownFrom = Now.AddMinutes(3),
        };
        Twitch.AddClip("streamer", clip);

        var before = (await ClipsAsync()).Data.Single();
        Clock.Advance(TimeSpan.FromMinutes(3));
        var after = (await ClipsAsync()).Data.Single();

        Assert.That(before.GetProperty("video_id").GetString(), Is.Empty);
        Assert.That(before.GetProperty("vod_offset").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(after.GetProperty("vod_offset").GetInt32(), Is.EqualTo(5));
    }

    [Test]
    public async Task A_deleted_clip_vanishes_and_a_changed_one_shows_it()
    {
        var deleted = Twitch.AddClip("streamer", "a", Now);
        var changed = Twitch.AddClip("streamer", "b", Now);

        Twitch.DeleteClip(deleted);
        Twitch.ChangeClip(changed, clip => clip with { Views = 99 });
        var found = await HelixAsync($"clips?id={deleted}&id={changed}");

        Assert.That(found.Data.Single().GetProperty("view_count").GetInt32(), Is.EqualTo(99));
    }

    [Test]
    public async Task The_world_may_change_while_it_is_asked()
    {
        var changes = Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++)
                Twitch.DeleteClip(Twitch.AddClip("streamer", "a", Now));
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ClipsAsync()));
        await changes;

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        Assert.That((await ClipsAsync()).Header("Ratelimit-Remaining"), Is.EqualTo(759));
    }

    private void AddClips(int count)
    {
        for (var i = 0; i < count; i++)
            Twitch.AddClip("streamer", $"clip {i}", Now.AddMinutes(-i), views: i);
    }

    private async Task<List<Answer>> PagesAsync(int most)
    {
        var pages = new List<Answer> { await ClipsAsync("&first=100") };
        while (pages.Count < most && pages[^1].Cursor is { } cursor)
            pages.Add(await ClipsAsync($"&first=100&after={Uri.EscapeDataString(cursor)}"));
        return pages;
    }

    private Task<Answer> ClipsAsync(string more = "") => HelixAsync($"clips?broadcaster_id={_broadcaster}{more}");

    private Task<Answer> HelixAsync(string path) => GetAsync("helix/" + path, _token);
}
