using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Select.Rules;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Select;

internal sealed class SelectionRulesTests
{
    private const long MiB = 1024 * 1024;

    [TestCase(2.99, nameof(MinimumLengthRule))]
    [TestCase(3, null)]
    [TestCase(180, null)]
    [TestCase(180.01, nameof(MaximumLengthRule))]
    public void Length(double seconds, string? rule) =>
        AssertRule(rule, Candidates.Make(1, facts: new ClipFacts(seconds, 1920, 1080, true)));

    [TestCase(63, nameof(MinimumHeightRule))]
    [TestCase(64, null)]
    public void Height(int pixels, string? rule) =>
        AssertRule(rule, Candidates.Make(1, facts: new ClipFacts(30, 100, pixels, true)));

    [TestCase(10 * MiB, null)]
    [TestCase(10 * MiB + 1, nameof(MaximumSizeRule))]
    public void Size(long bytes, string? rule)
    {
        var item = Candidates.Make(1);
        item.SizeBytes = bytes;
        AssertRule(rule, item, new SelectionOptions { MaxSizeMiB = 10 });
    }

    [TestCase(24, 24, null)]
    [TestCase(24, 24.01, nameof(MaximumAgeRule))]
    [TestCase(0, 1e5, null, Description = "0: any age")]
    public void Age(double most, double hours, string? rule) =>
        AssertRule(rule, Candidates.Make(1, ageHours: hours), new SelectionOptions { MaxAgeHours = most });

    [TestCase("*.mp4", "Win.MP4", true)]
    [TestCase("win*", "Win of the day.mp4", true)]
    [TestCase("win?.mp4", "win1.mp4", true)]
    [TestCase("win?.mp4", "win12.mp4", false)]
    [TestCase("win?.mp4", "win.mp4", false)]
    [TestCase("*ÄÖ*", "xäöx.mkv", true)]
    [TestCase("[a].mp4", "[a].mp4", true)]
    [TestCase("a.mp4", "aXmp4", false)]
    public void Name_patterns(string pattern, string name, bool matches)
    {
        var item = Candidates.Make(1, location: "/srv/in/" + name);
        var include = new SelectionOptions { Include = ["no such", pattern] };
        var exclude = new SelectionOptions { Exclude = ["no such", pattern] };
        AssertRule(matches ? null : nameof(NamePatternRule), item, include);
        AssertRule(matches ? nameof(NamePatternRule) : null, item, exclude);
    }

    [Test]
    public void Exclude_wins_over_include() =>
        AssertRule(
            nameof(NamePatternRule),
            Candidates.Make(1, location: "/a/clip.mp4"),
            new SelectionOptions { Include = ["*"], Exclude = ["clip*"] }
        );

    [Test]
    public void The_folder_is_no_part_of_the_name() =>
        AssertRule(
            null,
            Candidates.Make(1, location: "/srv/test/clip.mp4"),
            new SelectionOptions { Exclude = ["*test*"] }
        );

    [Test]
    public void A_picture_that_is_not_known_yet_is_not_too_small() =>
        AssertRule(null, Candidates.Make(1, facts: new ClipFacts(30, 0, 0, true)), new() { MinHeight = 720 });

    [TestCase("en", null)]
    [TestCase("en-GB", null)]
    [TestCase("EN", null)]
    [TestCase("", null, Description = "not known")]
    [TestCase("eng", nameof(LanguageRule))]
    [TestCase("de", nameof(LanguageRule))]
    public void Language(string language, string? rule) =>
        AssertRule(rule, Candidates.Clip(1, o => o.Language = language), new() { Languages = ["fr", "en"] });

    [TestCase("chess", "", null)]
    [TestCase("", "42", null)]
    [TestCase("", "", nameof(GameRule))]
    [TestCase("Slots", "7", nameof(GameRule))]
    public void Games(string game, string id, string? rule) =>
        AssertRule(rule, Candidates.Clip(1, o => (o.Game, o.GameId) = (game, id)), new() { Games = ["Chess", "42"] });

    [Test]
    public void A_blocked_game_is_blocked_by_name_and_by_id()
    {
        var options = new SelectionOptions { BlockedGames = ["slots", "7"], Games = ["Slots"] };
        AssertRule(nameof(GameRule), Candidates.Clip(1, o => o.Game = "Slots"), options);
        AssertRule(nameof(GameRule), Candidates.Clip(1, o => o.GameId = "7"), options);
    }

    [TestCase("what an ass", true)]
    [TestCase("ASS!", true)]
    [TestCase("glass", false)]
    [TestCase("assassin, then ass", true)]
    [TestCase("free  money", false)]
    [TestCase("get FREE MONEY now", true)]
    [TestCase("freemoney", false)]
    [TestCase("(ad) look", true)]
    public void Blocked_words_are_whole_words(string title, bool isBlocked)
    {
        var clip = Candidates.Clip(1);
        clip.Title = title;
        AssertRule(
            isBlocked ? nameof(BlockedWordsRule) : null,
            clip,
            new() { BlockedWords = ["ass", "free money", "(ad)", " "] }
        );
    }

    [Test]
    public void A_blocked_creator_is_left_out() =>
        AssertRule(
            nameof(BlockedCreatorsRule),
            Candidates.Clip(1, o => o.Creator = "SomeBot"),
            new() { BlockedCreators = ["somebot"] }
        );

    [Test]
    public void A_clip_with_few_views_waits_for_more()
    {
        var clip = Candidates.Clip(1, o => o.Views = 19);
        var options = new SelectionOptions { MinViews = 20 };
        var waiting = Judge.Decide([clip], options, Candidates.Now).Single();
        Assert.That((waiting.Verdict, waiting.Rule), Is.EqualTo((Verdict.Deferred, nameof(MinimumViewsRule))));
        clip.Origin!.Views = 20;
        AssertRule(null, clip, options);
    }

    [Test]
    public void What_is_asked_of_clips_refuses_no_plain_recording() =>
        AssertRule(
            null,
            Candidates.Make(1),
            new()
            {
                MinViews = 5,
                Languages = ["en"],
                Games = ["Chess"],
                BlockedCreators = [""],
            }
        );

    [Test]
    public void Patterns_mean_the_title_of_a_clip()
    {
        var clip = Candidates.Clip(1);
        clip.Title = "what a clutch";
        AssertRule(null, clip, new() { Include = ["*clutch*"] });
        AssertRule(nameof(NamePatternRule), clip, new() { Exclude = ["*CLUTCH"] });
    }

    private static void AssertRule(string? rule, Item item, SelectionOptions? options = null)
    {
        var judgement = Judge.Decide([item], options ?? new SelectionOptions(), Candidates.Now).Single();
        Assert.That(judgement.Verdict, Is.EqualTo(rule is null ? Verdict.Selected : Verdict.Rejected));
        if (rule is null)
            return;
        Assert.That(judgement.Rule, Is.EqualTo(rule));
        Assert.That(judgement.Reason, Is.Not.Empty);
    }
}

internal static class Candidates
{
    public static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly ClipFacts Usual = new(30, 1920, 1080, true);

    /// <summary>A clip of a stream, as a platform lists it, of an unmistakable title.</summary>
    public static Item Clip(long id, Action<ClipOrigin>? change = null, double length = 30)
    {
        var item = Make(id, new ClipFacts(length, 0, 0, HasSound: true));
        item.Title = $"an unmistakable moment {id}";
        item.Source = "TwitchClips:1001";
        item.Origin = new ClipOrigin
        {
            BroadcasterId = "1001",
            Broadcaster = "Some_One",
            Creator = $"Fan {id}",
        };
        // Minutes apart, unless a test wants otherwise.
        item.RecordedAt = Now.AddMinutes(-10 * id);
        change?.Invoke(item.Origin);
        return item;
    }

    public static Item Make(
        long id,
        ClipFacts? facts = null,
        double ageHours = 1,
        double knownHours = 1,
        string location = "/srv/in/clip.mp4"
    ) =>
        new()
        {
            Id = new ItemId(id),
            Channel = "inbox",
            Source = "Folder:/srv/in",
            ExternalId = $"{id}",
            Title = $"clip {id}",
            Location = location,
            RecordedAt = Now.AddHours(-ageHours),
            DiscoveredAt = Now.AddHours(-knownHours),
            Facts = facts ?? Usual,
            State = ItemState.Candidate,
        };
}
