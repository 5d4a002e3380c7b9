using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Discover;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Tests.Sources.Twitch;

/// <summary>Discovery over real HTTP against the fake Twitch, with everything in which the real one surprises.</summary>
internal sealed class ClipDiscoveryTests
{
    private TwitchBench _bench = null!;

    private TwitchWorld Twitch => _bench.Twitch;

    [SetUp]
    public async Task SetUp()
    {
        _bench = await TwitchBench.OverWorldAsync();
        Twitch.AddBroadcaster("some_one", "1001");
        _bench.Configure("some_one");
    }

    [TearDown]
    public async Task TearDown() => await _bench.DisposeAsync();

    [Test]
    public async Task A_clip_becomes_a_candidate_with_everything_that_is_told_of_it()
    {
        var game = Twitch.AddGame("Chess", "743");
        var made = _bench.Now.AddHours(-30);
        var id = Twitch.AddClip(
            "some_one",
            new NewClip("what a \u202esave", made)
            {
                Duration = 29.9,
                Views = 41,
                Creator = "Fan",
                Game = game,
                VodId = "2300000001",
                VodOffset = 512,
            }
        );
        await _bench.DiscoverAsync("some_one");

        var item = (await ItemsAsync()).Single();
        Assert.That(
            (item.Source, item.ExternalId, item.Title, item.State, item.RecordedAt),
            Is.EqualTo(("TwitchClips:1001", id, "what a save", ItemState.Candidate, made))
        );
        Assert.That(item.Facts, Is.EqualTo(new ClipFacts(29.9, 0, 0, true)));
        var origin = item.Origin!;
        Assert.That(
            (origin.BroadcasterId, origin.Game, origin.GameId, origin.Creator, origin.Views, origin.Language),
            Is.EqualTo(("1001", "Chess", game, "Fan", 41, "en"))
        );
        Assert.That((origin.VideoId, origin.VodOffsetSeconds), Is.EqualTo(("2300000001", 512)));
        Assert.That(origin.Url, Is.EqualTo(item.Location).And.Contains(id));
    }

    [Test]
    public async Task A_language_without_a_name_is_not_known()
    {
        Twitch.AddClip("some_one", new NewClip("hm", _bench.Now.AddMinutes(-5)) { Language = "other" });
        await _bench.DiscoverAsync("some_one");
        Assert.That((await ItemsAsync()).Single().Origin!.Language, Is.Empty);
    }

    [Test]
    public async Task A_look_does_not_end_before_the_last_clip_and_not_long_after_it()
    {
        (Twitch.Switches.ClipCap, Twitch.Switches.RepeatAfterCap) = (1000, true);
        Add(1300, age: i => TimeSpan.FromMinutes(i));
        await _bench.DiscoverAsync("some_one");
        Assert.That(await ItemsAsync(), Has.Count.EqualTo(1300));
        // 4 windows; the newest one shows 1000 of its clips and is read again in halves.
        Assert.That(_bench.World!.Calls.Of("twitch.clips"), Has.Count.LessThan(60));
        Assert.That(_bench.World.Calls.Of("twitch.clips").Select(c => c.Status), Is.All.EqualTo(200));
    }

    [Test]
    public async Task Hourly_looks_lose_no_clip_whatever_the_listing_leaves_out()
    {
        Twitch.Switches.OmitInWindowsOver = TimeSpan.FromHours(24);
        Twitch.Switches.OmitOneOf = 4;
        Twitch.Switches.PagesOverlap = true;
        var random = new Random(1);
        var made = 0;
        for (var hour = 0; hour < 60; hour++)
        {
            for (var i = random.Next(8); hour < 40 && i > 0; i--)
                Twitch.AddClip(
                    "some_one",
                    $"clip {made++}",
                    _bench.Now.AddMinutes(-random.Next(60)),
                    views: random.Next(99)
                );
            await _bench.DiscoverAsync("some_one");
            _bench.Clock.Advance(TimeSpan.FromHours(1));
        }
        Assert.That(
            (await ItemsAsync()).Select(i => i.Title).Distinct().Count(),
            Is.EqualTo(made).And.GreaterThan(100)
        );
        Assert.That(_bench.World!.Calls.Of("twitch.clips"), Has.Count.LessThanOrEqualTo(60 * 1.2 + 3 + 60));
    }

    [Test]
    public async Task A_machine_that_slept_for_two_days_loses_nothing()
    {
        await _bench.DiscoverAsync("some_one");
        _bench.Clock.Advance(TimeSpan.FromHours(60));
        Add(30, age: i => TimeSpan.FromHours(i * 2));
        await _bench.DiscoverAsync("some_one");
        Assert.That(await ItemsAsync(), Has.Count.EqualTo(30));
    }

    [Test]
    public async Task A_renamed_broadcaster_is_followed()
    {
        Add(1, age: _ => TimeSpan.FromHours(1));
        await _bench.DiscoverAsync("some_one");
        Twitch.Rename("some_one", "new_name");
        // Somebody else takes the old name; that is not who was meant.
        Twitch.AddBroadcaster("some_one", "2002");
        _bench.Clock.Advance(TimeSpan.FromHours(25));
        Twitch.AddClip("new_name", "after", _bench.Now.AddMinutes(-5));
        await _bench.DiscoverAsync("some_one");

        Assert.That((await ItemsAsync()).Select(i => i.Source), Is.EqualTo(["TwitchClips:1001", "TwitchClips:1001"]));
        await using var db = _bench.Flow.Open();
        var kept = await db.Broadcasters.SingleAsync();
        Assert.That((kept.ConfiguredLogin, kept.Login, kept.Id), Is.EqualTo(("some_one", "new_name", "1001")));
    }

    [Test]
    public async Task Who_is_banned_or_misspelt_is_told_once_and_the_others_go_on()
    {
        Twitch.AddBroadcaster("other", "3003");
        _bench.Configure("some_one", "other", "nobody");
        await _bench.DiscoverAsync("some_one");
        Twitch.Ban("some_one");
        _bench.Clock.Advance(TimeSpan.FromHours(25));
        Twitch.AddClip("other", "still here", _bench.Now.AddMinutes(-5));
        for (var i = 0; i < 3; i++)
        {
            Assert.That((await _bench.DiscoverAsync("some_one")).Problems.Single(), Does.Contain("banned or closed"));
            Assert.That((await _bench.DiscoverAsync("nobody")).Problems.Single(), Does.Contain("knows no 'nobody'"));
        }
        Assert.That((await _bench.DiscoverAsync("other")).Items, Has.Count.EqualTo(1));
        Assert.That(
            (await _bench.OpenAlertsAsync()).Select(a => $"{a.Rule} {a.Subject}"),
            Is.EquivalentTo(["BroadcasterGone some_one", "BroadcasterGone nobody"])
        );
        Assert.That(
            _bench.World!.Calls.Of("twitch.users"),
            Has.Count.EqualTo(2),
            "who is not there is not asked for at each look"
        );

        Twitch.Unban("some_one");
        _bench.Clock.Advance(TimeSpan.FromHours(1.1));
        Assert.That((await _bench.DiscoverAsync("some_one")).Problems, Is.Empty);
        Assert.That((await _bench.OpenAlertsAsync()).Select(a => a.Subject), Is.EqualTo(["nobody"]));
    }

    [Test]
    public async Task Known_candidates_follow_their_clip_and_a_dry_run_changes_nothing()
    {
        var id = Twitch.AddClip(
            "some_one",
            new NewClip("first", _bench.Now.AddHours(-1))
            {
                VodId = "230",
                VodOffset = 90,
                VodKnownFrom = _bench.Now.AddMinutes(20),
            }
        );
        await _bench.DiscoverAsync("some_one");
        Assert.That((await ItemsAsync()).Single().Origin!.VideoId, Is.Empty);
        Twitch.ChangeClip(id, clip => clip with { Title = "second", Views = 500 });
        _bench.Clock.Advance(TimeSpan.FromMinutes(30));

        var channel = _bench.Flow.Live.Value.Channels["some_one"];
        await _bench.RunAsync(_bench.Get<DiscoverStep>().FindAsync("some_one", channel, CancellationToken.None));
        Assert.That((await ItemsAsync()).Single().Title, Is.EqualTo("first"));

        await _bench.DiscoverAsync("some_one");
        var item = (await ItemsAsync()).Single();
        Assert.That((item.Title, item.Origin!.Views), Is.EqualTo(("second", 500)));
        Assert.That((item.Origin.VideoId, item.Origin.VodOffsetSeconds), Is.EqualTo(("230", 90)));

        Twitch.ChangeClip(id, clip => clip with { VodId = "" });
        await _bench.DiscoverAsync("some_one");
        Assert.That((await ItemsAsync()).Single().Origin!.VideoId, Is.EqualTo("230"), "the moment stays true");
    }

    [Test]
    public async Task An_item_under_way_only_learns_which_moment_it_is()
    {
        var id = Twitch.AddClip("some_one", "first", _bench.Now.AddHours(-1));
        await _bench.DiscoverAsync("some_one");
        await using (var db = _bench.Flow.Open())
            await db.Items.ExecuteUpdateAsync(s => s.SetProperty(i => i.State, ItemState.Render));
        Twitch.ChangeClip(id, clip => clip with { Title = "second", VodId = "230", VodOffset = 90 });
        await _bench.DiscoverAsync("some_one");

        var item = (await ItemsAsync()).Single();
        Assert.That((item.Title, item.Version, item.Origin!.VideoId), Is.EqualTo(("first", 0, "230")));
    }

    [Test]
    public async Task A_deleted_clip_is_gone_and_one_that_is_only_hard_to_get_is_not()
    {
        var id = Twitch.AddClip("some_one", "first", _bench.Now.AddHours(-1));
        await _bench.DiscoverAsync("some_one");
        var item = (await ItemsAsync()).Single();
        Assert.That((await _bench.Source.DescribeAsync(item, CancellationToken.None)).LengthSeconds, Is.EqualTo(20));

        TwitchClipsSourceOptions? asked = null;
        _bench.Fetch = (_, source, _, _) =>
        {
            asked = source;
            throw new FileNotFoundException("404");
        };
        Assert.ThrowsAsync<InvalidDataException>(FetchAsync, "listed still: it would be found again for ever");
        Assert.That(asked, Is.SameAs(_bench.OptionsOf("some_one")));

        Twitch.DeleteClip(id);
        Assert.ThrowsAsync<FileNotFoundException>(FetchAsync);
        Assert.ThrowsAsync<FileNotFoundException>(() => _bench.Source.DescribeAsync(item, CancellationToken.None));

        Task FetchAsync() => _bench.Source.FetchAsync(item, "nowhere", CancellationToken.None);
    }

    [Test]
    public async Task Expired_and_revoked_tokens_are_renewed_or_told()
    {
        Twitch.AddBroadcaster("boss", "77");
        var tokens = Twitch.GrantUserToken("boss", DeviceLogin.Scope);
        Twitch.AddEditor("some_one", "boss");
        var id = Twitch.AddClip("some_one", "first", _bench.Now.AddHours(-1));
        await _bench.LogInAsync("main", "boss", tokens);
        var helix = _bench.Get<HelixClient>();
        Twitch.ExpireTokens();
        Assert.That(await helix.DownloadAsync(id, "1001", "main", CancellationToken.None), Is.Not.Null);
        await _bench.DiscoverAsync("some_one");
        Assert.That(await ItemsAsync(), Has.Count.EqualTo(1));

        Twitch.RevokeUserToken("boss");
        Assert.ThrowsAsync<CredentialException>(() => helix.DownloadAsync(id, "1001", "main", CancellationToken.None));
        Assert.That((await _bench.OpenAlertsAsync()).Single().Subject, Is.EqualTo("Twitch/main"));
    }

    [Test]
    public async Task An_empty_bucket_is_waited_for()
    {
        _bench.World!.Faults.Add("twitch.clips", "status 429", from: 2, times: 2);
        await _bench.DiscoverAsync("some_one");
        _bench.Clock.Advance(TimeSpan.FromMinutes(5));
        Add(1, age: _ => TimeSpan.FromMinutes(1));
        var discovery = await _bench.DiscoverAsync("some_one");
        Assert.That((discovery.Problems, discovery.Items.Count), Is.EqualTo((Array.Empty<string>(), 1)));
    }

    [TestCase("html")]
    [TestCase("truncate")]
    [TestCase("reset")]
    [TestCase("status 500")]
    public async Task A_platform_that_stumbles_is_a_problem_of_this_look_only(string fault)
    {
        Add(1, age: _ => TimeSpan.FromMinutes(1));
        _bench.World!.Faults.Add("twitch.clips", fault, from: 4);
        Assert.That(
            (await _bench.DiscoverAsync("some_one")).Problems.Single(),
            Does.Contain("some_one").And.Contain("clips")
        );
        Assert.That((await _bench.DiscoverAsync("some_one")).Items, Has.Count.EqualTo(1));
    }

    private void Add(int count, Func<int, TimeSpan> age)
    {
        for (var i = 0; i < count; i++)
            Twitch.AddClip("some_one", $"clip {i}", _bench.Now - age(i), views: i);
    }

    private async Task<List<Item>> ItemsAsync()
    {
        await using var db = _bench.Flow.Open();
        return await db.Items.AsNoTracking().OrderBy(i => i.Id).ToListAsync();
    }
}
