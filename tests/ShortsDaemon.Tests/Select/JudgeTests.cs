using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Select;

internal sealed class JudgeTests
{
    private static readonly SelectionOptions Usual = new();

    [Test]
    public void Newer_longer_sharper_and_louder_come_first()
    {
        Item[] candidates =
        [
            Candidates.Make(1, new ClipFacts(4, 320, 240, false), ageHours: 60),
            Candidates.Make(2, new ClipFacts(30, 1920, 1080, true), ageHours: 1),
            Candidates.Make(3, new ClipFacts(30, 1920, 1080, true), ageHours: 10),
        ];
        Assert.That(Ranked(candidates, Usual), Is.EqualTo(new long[] { 2, 3, 1 }));
    }

    [Test]
    public void Equal_scores_keep_the_order_of_arrival() =>
        Assert.That(
            Ranked([Candidates.Make(7), Candidates.Make(3), Candidates.Make(5)], Usual),
            Is.EqualTo(new long[] { 3, 5, 7 })
        );

    [Test]
    public void One_run_takes_no_more_than_allowed_and_the_rest_waits()
    {
        var judged = Judge.Decide(
            [.. Enumerable.Range(1, 5).Select(i => Candidates.Make(i, ageHours: i))],
            new SelectionOptions { MaxPerRun = 2 },
            Candidates.Now
        );
        Assert.That(judged.Count(j => j.Verdict == Verdict.Selected), Is.EqualTo(2));
        var waiting = judged.Where(j => j.Verdict == Verdict.Deferred).ToList();
        Assert.That(waiting.Select(j => j.Item.Id.Value), Is.EqualTo(new long[] { 3, 4, 5 }));
        Assert.That(waiting.Select(j => j.Rule), Has.All.EqualTo("MaxPerRun"));
    }

    [Test]
    public void What_scores_too_low_waits_and_takes_no_place()
    {
        var judged = Judge.Decide(
            [Candidates.Make(1, new ClipFacts(4, 320, 240, false), ageHours: 60), Candidates.Make(2)],
            new SelectionOptions { MinScore = 0.5, MaxPerRun = 1 },
            Candidates.Now
        );
        Assert.That(judged.Select(j => j.Item.Id.Value), Is.EqualTo(new long[] { 2, 1 }));
        Assert.That(
            judged.Select(j => (j.Verdict, j.Rule)),
            Is.EqualTo(new[] { (Verdict.Selected, "Score"), (Verdict.Deferred, "MinScore") })
        );
        Assert.That(judged[1].Reason, Does.Match(@"^its score of 0\.\d\d is below 0\.5 \(MinScore\)$"));
    }

    [TestCase(72, Verdict.Selected)]
    [TestCase(72.01, Verdict.Expired)]
    public void What_waits_too_long_expires(double hours, Verdict verdict) =>
        Assert.That(One(Candidates.Make(1, knownHours: hours)).Verdict, Is.EqualTo(verdict));

    [Test]
    public void What_cannot_be_read_now_waits_and_says_why()
    {
        var item = Candidates.Make(1);
        (item.Facts, item.Trouble) = (null, "permission denied");
        Assert.That(One(item).Verdict, Is.EqualTo(Verdict.Deferred));
        Assert.That(One(item).Reason, Does.Contain("permission denied"));
        item.DiscoveredAt = Candidates.Now.AddHours(-73);
        Assert.That(One(item).Verdict, Is.EqualTo(Verdict.Expired));
    }

    [Test]
    public void What_can_never_be_read_is_rejected_with_its_trouble()
    {
        var item = Candidates.Make(1);
        (item.Facts, item.Trouble, item.IsRefused) = (null, "the file is empty (0 bytes)", true);
        Assert.That(One(item).Verdict, Is.EqualTo(Verdict.Rejected));
        Assert.That(One(item).Reason, Is.EqualTo("the file is empty (0 bytes)"));
    }

    [Test]
    public void The_score_is_the_weighted_mean_of_its_features()
    {
        var score = One(Candidates.Make(1, new ClipFacts(60, 1280, 720, false), ageHours: 18)).Score;
        var points = score.Features.ToDictionary(f => f.Name, f => f.Points);
        Assert.That(points["Freshness"], Is.EqualTo(0.75).Within(1e-9));
        Assert.That(points["LengthFit"], Is.EqualTo(0.75).Within(1e-9), "double the ideal costs a quarter");
        Assert.That(points["Resolution"], Is.EqualTo(2.0 / 3).Within(1e-9));
        Assert.That(points["HasSound"], Is.Zero);
        Assert.That(score.Value, Is.EqualTo((0.75 + 0.75 + 0.5 * 2 / 3) / 3).Within(1e-9));
    }

    [Test]
    public void Without_any_weight_the_score_is_nothing_not_an_error() =>
        Assert.That(
            One(
                Candidates.Make(1),
                new SelectionOptions
                {
                    Weights = new()
                    {
                        Freshness = 0,
                        LengthFit = 0,
                        Resolution = 0,
                        HasSound = 0,
                    },
                }
            ).Score.Value,
            Is.Zero
        );

    [Test]
    public void A_recording_from_the_future_counts_as_new() =>
        Assert.That(One(Candidates.Make(1, ageHours: -48)).Score.Features[0].Points, Is.EqualTo(1));

    [Test]
    public void Same_input_same_decisions_whatever_the_order_and_nothing_is_changed()
    {
        var item =
            from id in Gen.Choose(1, 1000)
            from length in Gen.Choose(0, 200)
            from height in Gen.Choose(0, 2160)
            from age in Gen.Choose(-10, 100)
            from known in Gen.Choose(0, 100)
            from sound in Gen.Elements(true, false)
            from unreadable in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
            select Make(id, length, height, age, known, sound, unreadable);
        var options = new SelectionOptions { MaxPerRun = 3 };
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Arb.From(item.ListOf()),
                items =>
                {
                    var distinct = items.DistinctBy(i => i.Id).ToList();
                    var first = Describe(Judge.Decide(distinct, options, Candidates.Now));
                    var again = Describe(Judge.Decide(distinct.AsEnumerable().Reverse(), options, Candidates.Now));
                    return first.SequenceEqual(again)
                        && first.Count == distinct.Count
                        && distinct.All(i => i.State == Pipeline.Flow.ItemState.Candidate && i.Score is null);
                }
            )
        );
    }

    private static Item Make(int id, int length, int height, int age, int known, bool sound, bool unreadable)
    {
        var item = Candidates.Make(id, new ClipFacts(length, 100, height, sound), age, known);
        if (unreadable)
            (item.Facts, item.Trouble) = (null, "locked");
        return item;
    }

    private static List<string> Describe(IReadOnlyList<Judgement> judged) =>
        [
            .. judged
                .Select(j => $"{j.Item.Id} {j.Verdict} {j.Rule} {j.Reason} {j.Score.Value:R}")
                .Order(StringComparer.Ordinal),
        ];

    private static Judgement One(Item item, SelectionOptions? options = null) =>
        Judge.Decide([item], options ?? Usual, Candidates.Now).Single();

    private static List<long> Ranked(IReadOnlyList<Item> items, SelectionOptions options) =>
        [.. Judge.Decide(items, options, Candidates.Now).Select(j => j.Item.Id.Value)];
}
