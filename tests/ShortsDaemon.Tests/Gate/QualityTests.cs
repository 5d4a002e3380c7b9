using NUnit.Framework;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Pipeline.Gate;
using ShortsDaemon.Pipeline.Gate.Checks;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Gate;

internal sealed class QualityTests
{
    private static readonly VideoStream Picture = new(
        0,
        "h264",
        1080,
        1920,
        1,
        0,
        new FrameRate(60, 1),
        false,
        "yuv420p",
        new Colour("bt709", "bt709", "bt709", "tv"),
        false,
        TimeSpan.FromSeconds(30)
    );

    private static readonly AudioStream Track = new(1, "aac", 48000, 2, "stereo", TimeSpan.FromSeconds(30));

    private static readonly GateInput Good = new(
        new FinishedFile(
            new MediaInfo("mov", TimeSpan.FromSeconds(30), 20_000_000, Picture, Track, 1, 1),
            new Loudness(-14, -1.5, 0) { Range = 9 },
            0,
            0,
            true,
            []
        )
        {
            Look = new PictureLook(110, 120, 25, 12, 30),
        },
        new Loudness(-20, -3, 0),
        -14
    );

    [Test]
    public void The_best_has_full_points() =>
        Assert.That(Score(Good), Is.EqualTo(new QualityScore(100, 100, 100, 100)));

    [Test]
    public void Each_group_falls_with_its_own_faults()
    {
        var dull = With(f => f with { Look = new PictureLook(18, 10, 1, 12, 3) });
        var dead = With(f => f with { FrozenSeconds = 30, Look = f.Look! with { Motion = 0 } });
        var rough = With(f => f with { Info = f.Info with { SizeBytes = 1_000_000 } });
        Assert.That((Score(dull).Visual, Score(dull).Content, Score(dull).Technical), Is.EqualTo((0, 100, 100)));
        Assert.That((Score(dead).Visual, Score(dead).Content, Score(dead).Technical), Is.EqualTo((100, 50, 75)));
        Assert.That(Score(rough).Technical, Is.EqualTo(75));
        Assert.That(Score(dull).Total, Is.EqualTo(60));
        Assert.That(Score(rough).Total, Is.EqualTo(95));
    }

    [Test]
    public void What_could_not_be_measured_does_not_count()
    {
        var blind = Score(With(f => f with { Look = null }));
        Assert.That(blind, Is.EqualTo(new QualityScore(100, null, 100, 100)));
        Assert.That(QualityScore.Of([]), Is.Null);
    }

    [Test]
    public void No_sound_costs_content()
    {
        var score = Score(Good with { Source = Loudness.None });
        Assert.That(score.Content, Is.LessThan(70));
    }

    [Test]
    public void Every_part_says_what_was_measured()
    {
        var parts = QualityParts.Of(Good);
        Assert.That(parts, Has.Count.EqualTo(12));
        Assert.That(parts.Select(p => p.Finding), Has.All.Not.Empty);
    }

    private static GateInput With(Func<FinishedFile, FinishedFile> change) => Good with { File = change(Good.File) };

    private static QualityScore Score(GateInput input) => QualityScore.Of(QualityParts.Of(input))!;
}
