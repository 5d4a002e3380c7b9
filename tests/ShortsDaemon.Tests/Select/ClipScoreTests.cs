using NUnit.Framework;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Select;

internal sealed class ClipScoreTests
{
    [Test]
    public void What_is_not_known_takes_no_part()
    {
        var names = Features(Candidates.Clip(1)).Keys;
        Assert.That(
            names,
            Is.EquivalentTo(["Freshness", "LengthFit", "Views", "ViewsPerHour", "TitleQuality", "ClippedBy"])
        );
        Assert.That(
            Features(Candidates.Make(1)).Keys,
            Is.EquivalentTo(["Freshness", "LengthFit", "Resolution", "HasSound"])
        );
    }

    [TestCase(0, 0)]
    [TestCase(99, 0.5)]
    [TestCase(10_000, 1)]
    [TestCase(1_000_000, 1)]
    public void Views_count_by_their_magnitude(int views, double points)
    {
        var feature = Features(Candidates.Clip(1, o => o.Views = views))["Views"];
        Assert.That(feature.Points, Is.EqualTo(points).Within(0.001));
        Assert.That((feature.Value, feature.Unit), Is.EqualTo(((double)views, "views")));
    }

    [Test]
    public void Of_equally_many_views_the_younger_clip_has_the_higher_rate()
    {
        var (young, old) = (Candidates.Clip(1, o => o.Views = 300), Candidates.Clip(1, o => o.Views = 300));
        (young.RecordedAt, old.RecordedAt) = (Candidates.Now.AddHours(-2), Candidates.Now.AddHours(-30));
        Assert.That(Features(young)["ViewsPerHour"].Value, Is.EqualTo(150));
        Assert.That(Features(old)["ViewsPerHour"].Value, Is.EqualTo(10));
        young.RecordedAt = Candidates.Now.AddSeconds(-5);
        Assert.That(Features(young)["ViewsPerHour"].Value, Is.EqualTo(300), "never over less than an hour");
    }

    [Test]
    public void A_target_game_is_wanted_more()
    {
        var options = new SelectionOptions { TargetGames = ["chess"] };
        Assert.That(Features(Candidates.Clip(1, o => o.Game = "Chess"), options)["TargetGame"].Points, Is.EqualTo(1));
        Assert.That(Features(Candidates.Clip(1, o => o.Game = "Go"), options)["TargetGame"].Points, Is.Zero);
    }

    [TestCase(1, 0)]
    [TestCase(3, 0.5)]
    [TestCase(5, 1)]
    [TestCase(50, 1)]
    public void A_game_that_many_broadcasters_show_is_a_trend(int broadcasters, double points)
    {
        var trend = new GameTrend(new Dictionary<string, int> { ["7"] = broadcasters }, 60);
        var feature = Features(Candidates.Clip(1, o => o.GameId = "7"), trend: trend)["GameTrend"];
        Assert.That((feature.Value, feature.Points), Is.EqualTo(((double)broadcasters, points)));
    }

    [TestCase("Insane clutch in the final round", 1)]
    [TestCase("lol", 0.5)]
    [TestCase("!drops !merch DAY 34 of the challenge", 0.65)]
    [TestCase("HE JUST WON THE WHOLE THING", 0.75)]
    [TestCase("🔥🔥🔥", 0)]
    [TestCase("素晴らしい最後の一撃", 1)]
    public void Titles_are_judged_by_how_they_read(string title, double points)
    {
        var clip = Candidates.Clip(1);
        clip.Title = title;
        Assert.That(Features(clip)["TitleQuality"].Points, Is.EqualTo(points).Within(1e-9));
    }

    [TestCase("Insane CLUTCH! 🔥 #shorts #gaming", "insaneclutch")]
    [TestCase("insane   clutch", "insaneclutch")]
    [TestCase("lol", null)]
    [TestCase("#shorts", null)]
    [TestCase("凄い技", "凄い技")]
    public void Titles_are_compared_by_their_letters(string title, string? key) =>
        Assert.That(TitleKey.Telling(title), Is.EqualTo(key));

    [Test]
    public void The_score_can_be_made_again_from_its_record()
    {
        var trend = new GameTrend(new Dictionary<string, int> { ["7"] = 3 }, 9);
        var clip = Candidates.Clip(1, o => (o.GameId, o.Views) = ("7", 321));
        var score = Judge
            .Decide([clip], new SelectionOptions(), Candidates.Now, new Known { Trend = trend })
            .Single()
            .Score;
        var again = new Score([.. score.Features.Select(f => f with { })]);
        Assert.That(again.Value, Is.EqualTo(score.Value).And.InRange(0.05, 0.95));
        Assert.That(score.Features.Select(f => f.Points), Has.All.InRange(0, 1));
        Assert.That(score.Features.Select(f => f.Unit), Has.All.Not.Empty);
    }

    private static Dictionary<string, Feature> Features(
        Item item,
        SelectionOptions? options = null,
        GameTrend? trend = null
    ) =>
        Judge
            .Decide([item], options ?? new(), Candidates.Now, new Known { Trend = trend ?? GameTrend.None })
            .Single()
            .Score.Features.ToDictionary(f => f.Name);
}
