using NUnit.Framework;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Cuts;

namespace ShortsDaemon.Tests.Cuts;

public sealed class LoopEndingTests
{
    private static string? Obstacle(double from, double to, params Stretch[] words) =>
        LoopEnding.Obstacle(
            TimeSpan.FromSeconds(from),
            TimeSpan.FromSeconds(to),
            new CutRules(Edges: true, ShortestSeconds: 3, LongestSeconds: 180) { Words = words }
        );

    [Test]
    public void It_is_done_where_nobody_speaks() => Assert.That(Obstacle(2, 12, new Stretch(2.5, 11.5)), Is.Null);

    [TestCase(1.9, 2.1, TestName = "A word over the beginning")]
    [TestCase(2.3, 2.6, TestName = "A word at the end of the crossed beginning")]
    [TestCase(11.5, 11.7, TestName = "A word as the crossing begins")]
    [TestCase(11.9, 12.3, TestName = "A word over the end")]
    public void No_word_is_crossed(double start, double end) =>
        Assert.That(Obstacle(2, 12, new Stretch(start, end)), Does.Contain("somebody speaks"));

    [Test]
    public void Too_short_a_Short_just_ends()
    {
        Assert.That(Obstacle(0, 3.39), Is.EqualTo("it would become too short"));
        Assert.That(Obstacle(0, 3.41), Is.Null);
    }
}
