using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.Faults;

namespace ShortsDaemon.Tests.Sources.Twitch;

/// <summary>What time does to discovery: clocks that do not agree, limits without a word of when they end, clips that go away.</summary>
internal sealed class ClockAndDeletionTests
{
    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(1)]
    public async Task A_clock_an_hour_off_loses_no_clip_and_no_login(int ahead)
    {
        await using var bench = await TwitchBench.OverWorldAsync(TimeSpan.FromHours(ahead));
        bench.Twitch.AddBroadcaster("some_one", "1001");
        bench.Configure("some_one");
        bench.Twitch.Switches.AppTokenLife = TimeSpan.FromHours(2);
        bench.Twitch.Switches.RatePoints = 30;
        var made = 0;
        for (var hour = 0; hour < 12; hour++)
        {
            // Just now by their clock.
            for (var i = 0; i < 3; i++)
                bench.Twitch.AddClip("some_one", $"clip {made++}", bench.Now.AddHours(ahead).AddMinutes(-i));
            Assert.That((await bench.DiscoverAsync("some_one")).Problems, Is.Empty);
            bench.Clock.Advance(TimeSpan.FromHours(1));
        }
        await bench.DiscoverAsync("some_one");

        await using var db = bench.Flow.Open();
        Assert.That(await db.Items.CountAsync(), Is.EqualTo(made));
        Assert.That(await bench.OpenAlertsAsync(), Is.Empty);
        Assert.That(bench.World!.Calls.Of("twitch.token"), Has.Count.InRange(6, 14));
    }

    [TestCase(-1)]
    [TestCase(1)]
    public async Task A_clock_that_is_set_by_an_hour_between_two_looks_loses_no_clip(int hours)
    {
        await using var bench = await TwitchBench.OverWorldAsync();
        bench.Twitch.AddBroadcaster("some_one", "1001");
        bench.Configure("some_one");
        bench.Twitch.AddClip("some_one", "before", bench.Now.AddMinutes(-5));
        await bench.DiscoverAsync("some_one");

        // Both clocks jump; what Twitch has noted stays.
        bench.Twitch.AddClip("some_one", "in between", bench.Now.AddMinutes(5));
        bench.Clock.Advance(TimeSpan.FromMinutes(30));
        bench.Clock.JumpWallClock(TimeSpan.FromHours(hours));
        Assert.That((await bench.DiscoverAsync("some_one")).Problems, Is.Empty);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.DiscoverAsync("some_one");

        await using var db = bench.Flow.Open();
        Assert.That(await db.Items.Select(i => i.Title).ToListAsync(), Is.EquivalentTo(["before", "in between"]));
    }

    [TestCase(null, 60)]
    [TestCase("3", 3)]
    public async Task Too_many_calls_are_waited_for_with_and_without_a_word_of_how_long(string? retryAfter, int seconds)
    {
        await using var bench = await TwitchBench.OverWorldAsync();
        bench.Twitch.AddBroadcaster("some_one", "1001");
        bench.Configure("some_one");
        bench.Twitch.AddClip("some_one", "clip", bench.Now.AddMinutes(-5));
        bench.World!.Faults.Add(
            new FaultRule("twitch.users", "status 429")
            {
                Headers = retryAfter is null
                    ? new Dictionary<string, string>()
                    : new Dictionary<string, string> { ["Retry-After"] = retryAfter },
            }
        );
        var began = bench.Now;

        var discovery = await bench.DiscoverAsync("some_one");

        Assert.That((discovery.Problems.Count, discovery.Items.Count), Is.EqualTo((0, 1)));
        Assert.That((bench.Now - began).TotalSeconds, Is.InRange(seconds, seconds + 30));
    }

    [TestCase("status 500")]
    [TestCase("status 502")]
    [TestCase("status 503")]
    [TestCase("redirect")]
    public async Task After_a_storm_everything_that_came_meanwhile_is_found(string fault)
    {
        await using var bench = await TwitchBench.OverWorldAsync();
        bench.Twitch.AddBroadcaster("some_one", "1001");
        bench.Configure("some_one");
        bench.World!.Faults.Add("twitch.*", fault, times: FaultRule.Always);
        for (var hour = 0; hour < 20; hour++)
        {
            bench.Twitch.AddClip("some_one", $"clip {hour}", bench.Now);
            Assert.That((await bench.DiscoverAsync("some_one")).Problems, Has.Count.EqualTo(1));
            bench.Clock.Advance(TimeSpan.FromHours(1));
        }
        bench.World.Faults.Clear();

        Assert.That((await bench.DiscoverAsync("some_one")).Problems, Is.Empty);

        await using var db = bench.Flow.Open();
        Assert.That(await db.Items.CountAsync(), Is.EqualTo(20));
    }

    [Test]
    public async Task A_clip_that_is_deleted_before_its_download_gives_its_place_to_the_next()
    {
        await using var bench = await TwitchBench.OverWorldAsync();
        bench.Twitch.AddBroadcaster("some_one", "1001");
        bench.Configure("some_one");
        var source = bench.OptionsOf("some_one");
        bench.Flow.Live.Value.Channels["some_one"] = new ChannelOptions
        {
            Sources = [source],
            Selection = new() { MaxPerRun = 1 },
        };
        bench.Fetch = (_, _, _, _) => throw new FileNotFoundException("The page answers 404.");
        bench.Twitch.AddClip("some_one", "second best", bench.Now.AddHours(-9), views: 5);
        var best = bench.Twitch.AddClip("some_one", "best", bench.Now.AddHours(-5), views: 9000);
        var run = bench.Get<ChannelRun>();
        var chosen = await bench.RunAsync(run.RunAsync("some_one", CancellationToken.None));
        Assert.That(await TitleAsync(chosen.Selected.Single()), Is.EqualTo("best"));
        bench.Twitch.DeleteClip(best);

        await bench.RunAsync(bench.Get<ItemWalk>().WalkAsync(chosen.Selected.Single(), CancellationToken.None));
        var next = await run.TopUpAsync("some_one", CancellationToken.None);

        Assert.That(await TitleAsync(next.Single()), Is.EqualTo("second best"));
        await using var db = bench.Flow.Open();
        var gone = await db.Items.SingleAsync(i => i.ExternalId == best);
        Assert.That(gone.State.IsEnd, Is.True, gone.Reason);

        async Task<string> TitleAsync(ItemId id)
        {
            await using var items = bench.Flow.Open();
            return (await items.Items.SingleAsync(i => i.Id == id)).Title;
        }
    }
}
