using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Select;

/// <summary>Never fewer uploads because a candidate turned out bad.</summary>
internal sealed class TopUpTests
{
    private FlowWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new FlowWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task What_ends_badly_is_replaced_by_the_next_best_once()
    {
        Use(new SelectionOptions { MaxPerRun = 2 });
        var clips = await AddAsync(5);
        Assert.That(await RunAsync(), Is.EqualTo(clips[..2]));
        Assert.That(await TopUpAsync(), Is.Empty, "nothing is missing");
        await EndAsync(clips[0], ItemState.Failed);
        Assert.That(await TopUpAsync(), Is.EqualTo(new[] { clips[2] }));
        Assert.That(await TopUpAsync(), Is.Empty, "once");
        await EndAsync(clips[1], ItemState.Published);
        await EndAsync(clips[2], ItemState.Rejected);
        Assert.That(await TopUpAsync(), Is.EqualTo(new[] { clips[3] }), "also a replacement");
        await using var db = _world.Open();
        var run = await db.Runs.SingleAsync();
        Assert.That(run.Selected, Is.EqualTo(2));
        Assert.That((await db.Items.ToListAsync()).Count(i => i.RunId == run.Id), Is.EqualTo(4));
    }

    [Test]
    public async Task One_that_is_tried_again_keeps_its_place()
    {
        Use(new SelectionOptions { MaxPerRun = 1 });
        var clips = await AddAsync(2);
        await RunAsync();
        await EndAsync(clips[0], ItemState.Render, i => (i.Tries, i.NotBefore) = (2, i.ChangedAt.AddHours(1)));
        Assert.That(await TopUpAsync(), Is.Empty);
    }

    [Test]
    public async Task Many_at_once_replace_one_item_by_one()
    {
        Use(new SelectionOptions { MaxPerRun = 2 });
        var clips = await AddAsync(12);
        await RunAsync();
        await EndAsync(clips[0], ItemState.Failed);
        await EndAsync(clips[1], ItemState.Failed);
        var topUps = Enumerable.Range(0, 6).Select(_ => Task.Run(TopUpAsync));
        var selected = (await Task.WhenAll(topUps)).SelectMany(ids => ids).ToList();
        Assert.That(selected, Is.EqualTo(clips[2..4]));
    }

    [Test]
    public async Task A_channel_that_is_off_gets_nothing()
    {
        Use(new SelectionOptions { MaxPerRun = 1 });
        var clips = await AddAsync(2);
        await RunAsync();
        await EndAsync(clips[0], ItemState.Failed);
        Use(new SelectionOptions { MaxPerRun = 1 }, enabled: false);
        Assert.That(await TopUpAsync(), Is.Empty);
    }

    [Test]
    public async Task When_the_one_that_stood_for_a_moment_ends_badly_its_twins_have_their_turn()
    {
        Use(new SelectionOptions { MaxPerRun = 1 });
        var clips = await AddAsync(3, i => i.RecordedAt = _world.Clock.GetUtcNow().AddHours(-1));
        Assert.That(await RunAsync(), Is.EqualTo(clips[..1]));
        await using (var db = _world.Open())
            Assert.That(await db.Items.CountAsync(i => i.DuplicateOf == clips[0]), Is.EqualTo(2));
        await EndAsync(clips[0], ItemState.Failed);
        Assert.That(await TopUpAsync(), Is.EqualTo(clips[1..2]));
        await using var after = _world.Open();
        var twin = await after.Items.SingleAsync(i => i.Id == clips[1]);
        Assert.That((twin.DuplicateOf, twin.Reason), Is.EqualTo(((ItemId?)null, (string?)null)));
        Assert.That((await after.Items.SingleAsync(i => i.Id == clips[2])).DuplicateOf, Is.EqualTo(clips[1]));
    }

    [Test]
    public async Task A_later_run_knows_the_moments_that_are_under_way_or_published()
    {
        Use(new SelectionOptions());
        var clips = await AddAsync(1);
        await RunAsync();
        await EndAsync(clips[0], ItemState.Published);
        _world.Clock.Advance(TimeSpan.FromHours(20));
        var late = await AddAsync(1, i => i.RecordedAt = _world.Clock.GetUtcNow().AddHours(-21).AddSeconds(20), "late");
        Assert.That(await RunAsync(), Is.Empty);
        await using var db = _world.Open();
        var item = await db.Items.SingleAsync(i => i.Id == late[0]);
        Assert.That((item.State, item.DuplicateOf), Is.EqualTo((ItemState.Rejected, (object?)clips[0])));
    }

    [Test]
    public async Task What_an_older_tool_posted_is_known_by_id_and_by_title()
    {
        Use(new SelectionOptions());
        var clips = await AddAsync(3);
        await using (var db = _world.Open())
        {
            db.PastPosts.Add(new PastPost { ExternalId = "clip 1", RemoteId = "dQw4w9WgXcQ" });
            db.PastPosts.Add(new PastPost { TitleKey = TitleKey.Of("The MOMENT of clip 2! #shorts") });
            await db.SaveChangesAsync();
        }
        Assert.That(await RunAsync(), Is.EqualTo(clips[2..]));
        await using var after = _world.Open();
        var rules = await after.Decisions.OrderBy(d => d.ItemId).Select(d => d.Rule).ToListAsync();
        Assert.That(rules, Is.EqualTo(new[] { "PostedBefore", "RepeatedTitle", "Score" }));
    }

    [Test]
    public async Task A_title_of_ours_is_not_repeated_on_a_later_day()
    {
        Use(new SelectionOptions());
        var clips = await AddAsync(1);
        await RunAsync();
        await EndAsync(clips[0], ItemState.Published);
        _world.Clock.Advance(TimeSpan.FromDays(3));
        var late = await AddAsync(1, i => i.Title = "The moment of CLIP 1", "late");
        Assert.That(await RunAsync(), Is.Empty);
        await using var db = _world.Open();
        Assert.That((await db.Decisions.SingleAsync(d => d.ItemId == late[0])).Rule, Is.EqualTo("RepeatedTitle"));
        _world.Clock.Advance(TimeSpan.FromDays(28));
        var next = await AddAsync(1, i => i.Title = "the moment of clip 1", "next");
        Assert.That(await RunAsync(), Is.EqualTo(next), "a month later");
    }

    [Test]
    public async Task A_game_that_several_broadcasters_show_is_a_trend_across_channels()
    {
        Use(new SelectionOptions());
        await AddAsync(3, i => (i.Origin!.GameId, i.Origin.BroadcasterId) = ("7", i.ExternalId));
        await RunAsync();
        await using var db = _world.Open();
        var decision = await db.Decisions.FirstAsync();
        var trend = decision.Features.Single(f => f.Name == "GameTrend");
        Assert.That((trend.Value, trend.Points), Is.EqualTo((3.0, 0.5)));
    }

    [Test]
    public async Task With_enough_Shorts_waiting_a_run_starts_none_and_says_why()
    {
        Use(new SelectionOptions { MaxWaiting = 2 });
        var clips = await AddAsync(4);
        await EndAsync(clips[0], ItemState.Publish);
        Assert.That(await CountAsync(), Is.EqualTo(3), "below the limit nothing is held back");
        await EndAsync(clips[1], ItemState.Publish);
        Assert.That(await RunAsync(), Is.Empty);
        await using var db = _world.Open();
        var decision = await db.Decisions.SingleAsync(d => d.ItemId == clips[2]);
        Assert.That((decision.Verdict, decision.Rule), Is.EqualTo((Verdict.Deferred, "MaxWaiting")));
        await EndAsync(clips[1], ItemState.Published);
        Assert.That(await RunAsync(), Is.EqualTo(clips[2..]));
    }

    [Test]
    public async Task Where_Shorts_wait_for_slots_those_being_made_count_as_well()
    {
        Use(new SelectionOptions { MaxWaiting = 3 }, hasSlots: true);
        var clips = await AddAsync(6);
        await EndAsync(clips[0], ItemState.Publish);
        await EndAsync(clips[1], ItemState.Render);
        Assert.That(await RunAsync(), Is.EqualTo(clips[2..3]));
        Assert.That(await RunAsync(), Is.Empty);
    }

    [Test]
    public async Task What_was_tried_in_vain_is_tried_again_when_something_has_changed_or_after_a_while()
    {
        Use(new SelectionOptions { MaxPerRun = 1 });
        var first = await AddAsync(1);
        await RunAsync();
        var locked = await AddAsync(1, i => (i.Facts, i.Trouble) = (null, "it is locked"), "locked");
        await EndAsync(first[0], ItemState.Failed);
        Assert.That(await TopUpAsync(), Is.Empty);
        await EndAsync(locked[0], ItemState.Candidate, i => i.Facts = new ClipFacts(5, 1920, 1080, true));
        Assert.That(await TopUpAsync(), Is.Empty, "nobody looks through all of it every few seconds");
        _world.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That(await TopUpAsync(), Is.EqualTo(locked));
        await EndAsync(locked[0], ItemState.Failed);
        await AddAsync(1, i => (i.Facts, i.Trouble) = (null, "it is locked"), "locked too");
        Assert.That(await TopUpAsync(), Is.Empty);
        var fresh = await AddAsync(1, name: "fresh");
        Assert.That(await TopUpAsync(), Is.EqualTo(fresh), "a new candidate, at once");
    }

    [Test]
    public async Task The_story_of_a_clip_does_not_grow_because_others_come_and_go()
    {
        Use(new SelectionOptions { MaxPerRun = 2, MaxWaiting = 2 }, hasSlots: true);
        var clips = await AddAsync(6);
        Assert.That(await RunAsync(), Is.EqualTo(clips[..2]));
        await EndAsync(clips[0], ItemState.Failed);
        Assert.That(await TopUpAsync(), Is.EqualTo(clips[2..3]));
        await EndAsync(clips[1], ItemState.Failed);
        await EndAsync(clips[5], ItemState.Publish);
        Assert.That(await TopUpAsync(), Is.Empty, "no room");
        await using var db = _world.Open();
        Assert.That(await db.Decisions.CountAsync(), Is.EqualTo(clips.Length + 1));
    }

    [Test]
    public async Task Shorts_that_wait_for_a_held_destination_do_not_keep_the_others_hungry_but_have_a_bound()
    {
        Use(new SelectionOptions { MaxWaiting = 2 }, hasSlots: true, accounts: ["ill", "well"]);
        var clips = await AddAsync(14);
        for (var i = 0; i < 8; i++)
            await EndAsync(clips[i], ItemState.Publish);
        await ArriveAsync("well", clips[..8]);
        Assert.That(await RunAsync(), Is.Empty, "nothing is held");

        await _world.Get<Holds>().ShutAsync("account:YouTube/ill", "log in again", until: null, default);
        Assert.That(await RunAsync(), Is.EqualTo(clips[8..10]));
        Assert.That(await RunAsync(), Is.Empty, "two wait for the healthy one");
        foreach (var clip in clips[8..10])
            await EndAsync(clip, ItemState.Publish);
        await ArriveAsync("well", clips[8..10]);
        Assert.That(await RunAsync(), Is.Empty, "five times MaxWaiting are under way");

        await EndAsync(clips[0], ItemState.Published);
        Assert.That(await RunAsync(), Is.EqualTo(clips[10..11]));
        await _world.Get<Holds>().ShutAsync("account:YouTube/well", "log in again", until: null, default);
        await EndAsync(clips[1], ItemState.Published);
        Assert.That(await RunAsync(), Is.Empty, "every door is shut");
    }

    [Test]
    public async Task Who_waits_again_and_again_for_something_broken_does_not_count()
    {
        Use(new SelectionOptions { MaxWaiting = 2 }, hasSlots: true);
        var clips = await AddAsync(4);
        await EndAsync(clips[0], ItemState.Publish, i => i.Waits = 3);
        await EndAsync(clips[1], ItemState.Publish, i => i.Waits = 1);
        Assert.That(await RunAsync(), Is.EqualTo(clips[2..3]));
    }

    [Test]
    public void Whatever_turns_out_bad_and_whenever_it_is_killed_a_run_brings_what_it_wants() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(15),
            Prop.ForAll(
                Arb.From(Gen.Elements(true, false).ArrayOf(8)),
                Arb.From(Gen.Choose(1, 4)),
                Arb.From(Gen.Elements(true, false).ArrayOf(8)),
                (good, wanted, kills) =>
                {
                    using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
                        WalkAsync(good, wanted, kills).GetAwaiter().GetResult();
                }
            )
        );

    private static async Task WalkAsync(bool[] good, int wanted, bool[] kills)
    {
        var test = new TopUpTests();
        test.MakeWorld();
        try
        {
            test.Use(new SelectionOptions { MaxPerRun = wanted });
            var clips = await test.AddAsync(good.Length);
            var isGood = clips.Zip(good).ToDictionary(pair => pair.First, pair => pair.Second);
            await test.RunAsync();
            for (var step = 0; step < good.Length; step++)
            {
                await using (var db = test._world.Open())
                {
                    var next = await db
                        .Items.Where(i => i.State == ItemState.Download)
                        .OrderBy(i => i.Id)
                        .FirstOrDefaultAsync();
                    if (next is null)
                        break;
                    next.State = isGood[next.Id] ? ItemState.Published : ItemState.Rejected;
                    await db.SaveChangesAsync();
                }
                // Killed between the end of one and the beginning of the next: the new process tops up as its first act.
                if (kills[step])
                    test._world.Restart();
                await test.TopUpAsync();
            }
            await using var after = test._world.Open();
            Assert.That(
                await after.Items.CountAsync(i => i.State == ItemState.Published),
                Is.EqualTo(Math.Min(wanted, good.Count(g => g)))
            );
            Assert.That(
                await after.Decisions.CountAsync(d => d.Verdict == Verdict.Selected),
                Is.EqualTo(await after.Items.CountAsync(i => i.RunId != null)),
                "none is selected twice"
            );
        }
        finally
        {
            test.CleanUp();
        }
    }

    private void Use(SelectionOptions selection, bool enabled = true, bool hasSlots = false, string[]? accounts = null)
    {
        var channel = _world.Live.Value.Channels[FlowWorld.ChannelName];
        _world.Live.Value.Channels[FlowWorld.ChannelName] = new ChannelOptions
        {
            Enabled = enabled,
            Sources = channel.Sources,
            Destinations = hasSlots
                ?
                [
                    .. (accounts ?? ["main"]).Select(name => new YouTubeDestinationOptions
                    {
                        Type = "YouTube",
                        Name = name,
                        Credentials = name,
                    }),
                ]
                : channel.Destinations,
            Selection = selection,
        };
    }

    /// <summary>Clips of moments of their own, the best first.</summary>
    private async Task<ItemId[]> AddAsync(int count, Action<Item>? change = null, string name = "clip")
    {
        await using var db = _world.Open();
        if (!await db.Channels.AnyAsync())
            db.Channels.Add(new Channel { Name = FlowWorld.ChannelName, FirstSeenAt = _world.Clock.GetUtcNow() });
        var items = Enumerable.Range(1, count).Select(n => Clip($"{name} {n}", n, change)).ToList();
        foreach (var item in items)
        {
            db.Items.Add(item);
            await db.SaveChangesAsync();
        }
        return [.. items.Select(i => i.Id)];
    }

    private Item Clip(string name, int number, Action<Item>? change)
    {
        var item = _world.NewItem(name, $"the moment of {name}", "https://clips.twitch.tv/x", ItemState.Candidate);
        item.RecordedAt = _world.Clock.GetUtcNow().AddHours(-number);
        item.Origin = new ClipOrigin
        {
            BroadcasterId = "1001",
            Broadcaster = "Some_One",
            Creator = name,
            Views = 10_000 / number,
        };
        change?.Invoke(item);
        return item;
    }

    private async Task ArriveAsync(string destination, ItemId[] ids)
    {
        await using var db = _world.Open();
        foreach (var id in ids)
        {
            var rendition = new Rendition
            {
                ItemId = id,
                Layout = "",
                Encoder = "",
            };
            db.Renditions.Add(rendition);
            await db.SaveChangesAsync();
            db.Publications.Add(
                new Publication
                {
                    ItemId = id,
                    RenditionId = rendition.Id,
                    Destination = $"{FlowWorld.ChannelName}/{destination}",
                    Sha256 = "",
                    SettledAt = _world.Clock.GetUtcNow(),
                }
            );
        }
        await db.SaveChangesAsync();
    }

    private async Task EndAsync(ItemId id, ItemState state, Action<Item>? change = null)
    {
        await using var db = _world.Open();
        var item = await db.Items.SingleAsync(i => i.Id == id);
        item.State = state;
        change?.Invoke(item);
        await db.SaveChangesAsync();
    }

    private async Task<IReadOnlyList<ItemId>> RunAsync() =>
        (await _world.Get<ChannelRun>().RunAsync(FlowWorld.ChannelName, CancellationToken.None)).Selected;

    private async Task<int> CountAsync() =>
        (
            await _world
                .Get<SelectStep>()
                .ForeseeAsync(
                    FlowWorld.ChannelName,
                    _world.Live.Value.Channels[FlowWorld.ChannelName],
                    [],
                    CancellationToken.None
                )
        ).Count(j => j.Verdict == Verdict.Selected);

    private Task<IReadOnlyList<ItemId>> TopUpAsync() =>
        _world.Get<ChannelRun>().TopUpAsync(FlowWorld.ChannelName, CancellationToken.None);
}
