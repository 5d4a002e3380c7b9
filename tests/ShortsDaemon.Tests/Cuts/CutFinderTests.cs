using NUnit.Framework;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Tests.Cuts;

internal sealed class CutFinderTests
{
    private static readonly CutRules Rules = new(Edges: true, ShortestSeconds: 3, LongestSeconds: 180);

    [Test]
    public void A_lively_recording_is_shown_whole() => Assert.That(Find("L20"), Is.Null);

    [TestCase("B2 L18", 2, 20, "first 2.0 s", "black")]
    [TestCase("S3 L17", 2.875, 20, "first 2.9 s", "a picture that stands still")]
    [TestCase("Q2 L18", 1.875, 20, "first 1.9 s", "silent", Description = "a moment is left in front of the sound")]
    [TestCase("L18 B2", 0, 18, "last 2.0 s", "black")]
    [TestCase("L17 Q3", 0, 17.25, "last 2.8 s", "silent", Description = "a moment is left for the sound to fade")]
    [TestCase("B1 S1 L16 Q2", 2, 18.25, "last 1.8 s", "silent")]
    public void Dead_edges_are_left_out(string recording, double from, double to, string much, string why)
    {
        var cut = Find(recording)!;
        Assert.That(cut.From.TotalSeconds, Is.EqualTo(from).Within(0.13));
        Assert.That(cut.To.TotalSeconds, Is.EqualTo(to).Within(0.13));
        Assert.That(cut.Reason, Does.Contain(much).And.Contain(why));
        Assert.That(cut.EndsEarly, Is.EqualTo(to < 20));
    }

    [Test]
    public void Never_more_than_a_bounded_share_goes()
    {
        var cut = Find("B9 L11")!;
        Assert.That(cut.From.TotalSeconds, Is.EqualTo(6));
        Assert.That(cut.To.TotalSeconds, Is.EqualTo(20));
    }

    [TestCase("Q20", Description = "no sound at all")]
    [TestCase("S20")]
    [TestCase("B20")]
    [TestCase("Q15 L5", Description = "mostly silent: that is what it is like")]
    [TestCase("L4 B3 L6 Q3 L4", Description = "in the middle")]
    [TestCase("L20 B0.1", Description = "nobody would notice")]
    public void Nothing_is_left_out(string recording) => Assert.That(Find(recording), Is.Null);

    [Test]
    public void So_much_remains_that_it_can_be_a_Short() => Assert.That(Find("B1 L2.5"), Is.Null);

    [Test]
    public void Switched_off_it_cuts_nothing() => Assert.That(Find("B2 L18", Rules with { Edges = false }), Is.Null);

    [Test]
    public void No_word_is_cut()
    {
        Stretch[] words = [new(1.2, 1.6), new(1.9, 2.4), new(17.8, 18.3)];
        var cut = Find("B2 L16 B2", Rules with { Words = words })!;
        Assert.That(cut.From.TotalSeconds, Is.EqualTo(1.2));
        Assert.That(cut.To.TotalSeconds, Is.EqualTo(18.3));
    }

    [Test]
    public void The_liveliest_part_cuts_no_word_either()
    {
        var rules = Rules with { LongestSeconds = 10 };
        var plain = Find("C20 L10 C20", rules)!;
        var (from, to) = (plain.From.TotalSeconds, plain.To.TotalSeconds);
        var cut = Find("C20 L10 C20", rules with { Words = [new(from - 0.2, from + 0.3), new(to - 0.3, to + 0.2)] })!;
        Assert.That(cut.From.TotalSeconds, Is.EqualTo(from + 0.3).Within(1e-6));
        Assert.That(cut.To.TotalSeconds, Is.EqualTo(to - 0.3).Within(1e-6));
    }

    [Test]
    public void Of_a_long_one_the_liveliest_part_is_taken()
    {
        var cut = Find("C30 L10 C30", Rules with { LongestSeconds = 15 })!;
        Assert.That(cut.Length.TotalSeconds, Is.EqualTo(15));
        Assert.That(cut.From.TotalSeconds, Is.InRange(24.9, 30.1));
        Assert.That(cut.EndsEarly, Is.True);
        Assert.That(cut.Reason, Does.Contain("the liveliest 15 s"));
    }

    [Test]
    public void Without_anything_seen_only_the_length_counts()
    {
        var cut = CutFinder.Find(new Sketch([], []), TimeSpan.FromSeconds(60), Rules with { LongestSeconds = 20 })!;
        Assert.That((cut.From, cut.To), Is.EqualTo((TimeSpan.Zero, TimeSpan.FromSeconds(20))));
        Assert.That(CutFinder.Find(new Sketch([], []), TimeSpan.FromSeconds(60), Rules), Is.Null);
    }

    private static Cut? Find(string recording, CutRules? rules = null)
    {
        var sketch = DrawnRecording.Of(recording);
        return CutFinder.Find(sketch, TimeSpan.FromSeconds((double)sketch.Count / Sketch.Rate), rules ?? Rules);
    }
}
