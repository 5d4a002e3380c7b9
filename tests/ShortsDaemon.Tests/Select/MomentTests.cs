using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Select;

internal sealed class MomentTests
{
    private static readonly SelectionOptions Usual = new() { MaxPerRun = 10000, TitleDays = 0 };

    [TestCase(100, 130, true, Description = "they touch")]
    [TestCase(100, 133, true, Description = "3 s apart")]
    [TestCase(100, 134, false)]
    [TestCase(100, 110, true)]
    [TestCase(134, 100, false)]
    public void In_one_recording_the_place_decides(int one, int other, bool same)
    {
        var (a, b) = (Placed(1, "v1", one), Placed(2, "v1", other));
        Assert.That(Moments.AreOne(a, b, Usual), Is.EqualTo(same));
        b.RecordedAt = a.RecordedAt;
        Assert.That(Moments.AreOne(a, b, Usual), Is.EqualTo(same), "however close they were made");
    }

    [TestCase(60, true)]
    [TestCase(-60, true)]
    [TestCase(61, false)]
    public void Without_a_place_the_time_decides(int seconds, bool same)
    {
        var (a, b) = (Placed(1, "v1", 100), Candidates.Clip(2));
        b.RecordedAt = a.RecordedAt.AddSeconds(seconds);
        Assert.That(Moments.AreOne(a, b, Usual), Is.EqualTo(same));
        Assert.That(Moments.AreOne(b, a, Usual), Is.EqualTo(same));
    }

    [Test]
    public void Other_broadcasters_other_recordings_and_plain_files_are_other_moments()
    {
        var clip = Placed(1, "v1", 100);
        var stranger = Placed(2, "v1", 100);
        stranger.Origin!.BroadcasterId = "1002";
        Assert.That(Moments.AreOne(clip, stranger, Usual), Is.False);
        Assert.That(Moments.AreOne(clip, Placed(3, "v2", 100), Usual), Is.False);
        Assert.That(Moments.AreOne(Candidates.Make(4), Candidates.Make(5), Usual), Is.False);
    }

    [Test]
    public void The_best_stands_for_the_moment_and_gains_by_the_others()
    {
        Item[] clips = [Viewed(1, 10), Viewed(2, 500), Viewed(3, 20), Viewed(4, 30)];
        clips[3].Origin!.Creator = "Fan 3";
        var judged = Judge.Decide(clips, Usual, Candidates.Now);
        Assert.That(judged[0].Item.Id.Value, Is.EqualTo(2));
        Assert.That(
            judged[0].Score.Features.Single(f => f.Name == "ClippedBy").Value,
            Is.EqualTo(3),
            "viewers, not clips"
        );
        Assert.That(judged.Skip(1).Select(j => j.Verdict), Has.All.EqualTo(Verdict.Rejected));
        Assert.That(judged.Skip(1).Select(j => j.DuplicateOf!.Value.Value), Has.All.EqualTo(2));
        Assert.That(judged[1].Reason, Does.Contain("same moment as item 2 ('an unmistakable moment 2')"));
    }

    [Test]
    public void Behind_one_that_waits_the_others_wait_too()
    {
        Item[] clips = [Viewed(1, 10), Viewed(2, 500), Placed(3, "v9", 0)];
        clips[2].Origin!.Views = 9000;
        var options = new SelectionOptions { MaxPerRun = 1 };
        var judged = Judge.Decide(clips, options, Candidates.Now).ToDictionary(j => j.Item.Id.Value);
        Assert.That(judged[3].Verdict, Is.EqualTo(Verdict.Selected));
        Assert.That((judged[2].Verdict, judged[2].Rule), Is.EqualTo((Verdict.Deferred, "MaxPerRun")));
        Assert.That((judged[1].Verdict, judged[1].Rule), Is.EqualTo((Verdict.Deferred, "Moment")));
        Assert.That(judged[1].DuplicateOf, Is.Null);
    }

    [Test]
    public void A_later_clip_of_a_moment_that_was_taken_is_a_duplicate()
    {
        var (taken, late) = (Placed(1, "v1", 100), Placed(2, "v1", 110));
        taken.State = Pipeline.Flow.ItemState.Published;
        late.Origin!.Views = 100_000;
        var judged = Judge.Decide([late], Usual, Candidates.Now, new Known { Taken = [taken] }).Single();
        Assert.That((judged.Verdict, judged.DuplicateOf), Is.EqualTo((Verdict.Rejected, (object?)taken.Id)));
        Assert.That(judged.Reason, Does.EndWith("which is published already"));
    }

    [Test]
    public void What_cannot_be_taken_stands_for_nothing()
    {
        var (blocked, fine) = (Viewed(1, 5000), Viewed(2, 5));
        blocked.Title = "giveaway";
        var options = new SelectionOptions { BlockedWords = ["giveaway"] };
        var judged = Judge.Decide([blocked, fine], options, Candidates.Now);
        Assert.That(judged[0].Item.Id.Value, Is.EqualTo(2));
        Assert.That(judged[0].Verdict, Is.EqualTo(Verdict.Selected));
    }

    [Test]
    public void Whatever_the_clips_each_gets_one_decision_and_each_moment_one_clip() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(
                Arb.From(Clip().ListOf()),
                drawn =>
                {
                    var clips = drawn.DistinctBy(i => i.Id).ToList();
                    var judged = Judge.Decide(clips, Usual, Candidates.Now);
                    var best = judged.Where(j => j.Verdict == Verdict.Selected).Select(j => j.Item).ToList();
                    var byId = best.ToDictionary(i => i.Id);
                    Assert.That(judged.Select(j => j.Item), Is.EquivalentTo(clips));
                    Assert.That(best.Where((a, i) => best.Skip(i + 1).Any(b => Moments.AreOne(a, b, Usual))), Is.Empty);
                    foreach (var other in judged.Where(j => j.Verdict != Verdict.Selected))
                        Assert.That(Moments.AreOne(byId[other.DuplicateOf!.Value], other.Item, Usual));
                    AssertSame(judged, Judge.Decide(clips.AsEnumerable().Reverse(), Usual, Candidates.Now));
                    Assert.That(
                        Judge.Decide(best, Usual, Candidates.Now).Select(j => j.Verdict),
                        Has.All.EqualTo(Verdict.Selected),
                        "what is left is left as it is"
                    );
                    Assert.That(
                        Judge
                            .Decide(clips.Except(best), Usual, Candidates.Now, new Known { Taken = best })
                            .Select(j => j.Verdict),
                        Has.All.EqualTo(Verdict.Rejected),
                        "later"
                    );
                }
            )
        );

    private static void AssertSame(IReadOnlyList<Judgement> one, IReadOnlyList<Judgement> other) =>
        Assert.That(Describe(other), Is.EqualTo(Describe(one)));

    private static string[] Describe(IReadOnlyList<Judgement> judged) =>
        [
            .. judged
                .Select(j => $"{j.Item.Id} {j.Verdict} {j.DuplicateOf} {j.Reason} {j.Score.Value:R}")
                .Order(StringComparer.Ordinal),
        ];

    private static Gen<Item> Clip() =>
        from id in Gen.Choose(1, 10_000)
        from broadcaster in Gen.Elements("1001", "1002")
        from video in Gen.Elements("", "v1", "v2")
        from offset in Gen.Choose(0, 300)
        from made in Gen.Choose(0, 600)
        from length in Gen.Choose(5, 60)
        from views in Gen.Choose(0, 500)
        from fan in Gen.Choose(0, 5)
        select Make(id, broadcaster, video, offset, made, length, views, fan);

    private static Item Make(
        int id,
        string broadcaster,
        string video,
        int offset,
        int made,
        int length,
        int views,
        int fan
    )
    {
        var item = Candidates.Clip(id, length: length);
        item.RecordedAt = Candidates.Now.AddSeconds(-made);
        (item.Origin!.BroadcasterId, item.Origin.Views) = (broadcaster, views);
        (item.Origin.VideoId, item.Origin.VodOffsetSeconds) = (video, video.Length > 0 ? offset : null);
        item.Origin.Creator = fan == 0 ? "" : $"Fan {fan}";
        return item;
    }

    private static Item Placed(long id, string video, int offset) =>
        Candidates.Clip(id, o => (o.VideoId, o.VodOffsetSeconds) = (video, offset));

    private static Item Viewed(long id, int views)
    {
        var item = Placed(id, "v1", 100 + (int)id);
        item.RecordedAt = Candidates.Now.AddHours(-1);
        item.Origin!.Views = views;
        return item;
    }
}
