using NUnit.Framework;
using ShortsDaemon.Media.Analysis;

namespace ShortsDaemon.Tests.Analysis;

public sealed class AnalysisLinesTests
{
    private static AnalysisLines Read(string text)
    {
        var lines = new AnalysisLines();
        foreach (var line in text.Split('\n'))
            lines.Read(line);
        return lines;
    }

    private static string Summary(int filter, string loudness, string? peak = null, string level = "") =>
        $"""
            [Parsed_ebur128_{filter} @ 0x5636d1452980] {level}Summary:

              Integrated loudness:
                I:         {loudness} LUFS
                Threshold: -31.8 LUFS

              Loudness range:
                LRA:         0.0 LU
                Threshold:   0.0 LUFS
            """ + (peak is null ? "\n" : $"\n\n  True peak:\n    Peak:      {peak} dBFS\n");

    [TestCase("")]
    [TestCase("[info] ")]
    public void A_summary(string level) =>
        Assert.That(
            Read(Summary(2, "-21.8", "-18.1", level)).Loudness,
            Is.EqualTo(new[] { new Loudness(-21.8, -18.1, 0) })
        );

    [Test]
    public void The_loudness_range() =>
        Assert.That(Read(Summary(1, "-20.0").Replace("0.0 LU\n", "7.5 LU\n")).Loudness[0].Range, Is.EqualTo(7.5));

    [Test]
    public void Several_meters_come_in_the_order_of_the_graph()
    {
        var lines = Read(Summary(10, "-10.0") + Summary(9, "-9.0") + Summary(2, "-2.0"));

        Assert.That(lines.Loudness.Select(l => l.Integrated), Is.EqualTo(new[] { -2.0, -9.0, -10.0 }));
    }

    [Test]
    public void The_last_summary_of_a_meter_counts() =>
        Assert.That(
            Read(Summary(1, "-70.0", "-inf") + Summary(1, "-14.0", "-1.5")).Loudness,
            Is.EqualTo(new[] { new Loudness(-14, -1.5, 0) })
        );

    [Test]
    public void Silence_has_no_peak() =>
        Assert.That(Read(Summary(1, "-70.0", "-inf")).Loudness, Is.EqualTo(new[] { new Loudness(-70, -100, 0) }));

    [Test]
    public void Stretches_add_up()
    {
        var lines = Read(
            """
            [blackdetect @ 0x1] [info] black_start:0 black_end:1.5 black_duration:1.5
            [blackdetect @ 0x1] [info] black_start:3 black_end:3.5 black_duration:0.5
            [silencedetect @ 0x2] silence_start: 0
            [silencedetect @ 0x2] silence_end: 2.25 | silence_duration: 2.25
            [freezedetect @ 0x3] lavfi.freezedetect.freeze_start: 1
            [freezedetect @ 0x3] lavfi.freezedetect.freeze_duration: 2
            [freezedetect @ 0x3] lavfi.freezedetect.freeze_end: 3
            """
        );
        lines.End(TimeSpan.FromSeconds(10));

        Assert.That((lines.BlackSeconds, lines.SilentSeconds, lines.FrozenSeconds), Is.EqualTo((2.0, 2.25, 2.0)));
    }

    [Test]
    public void It_is_known_where_they_lie()
    {
        var lines = Read(
            """
            [blackdetect @ 0x1] black_start:3 black_end:3.5 black_duration:0.5
            [silencedetect @ 0x2] silence_end: 4.25 | silence_duration: 2.25
            [freezedetect @ 0x3] lavfi.freezedetect.freeze_start: 1
            [freezedetect @ 0x3] lavfi.freezedetect.freeze_duration: 2
            [freezedetect @ 0x3] lavfi.freezedetect.freeze_end: 3
            """
                + "\n"
                + Summary(1, "-20.0")
        );

        Assert.That(lines.Blacks, Is.EqualTo(new[] { new Stretch(3, 3.5) }));
        Assert.That(lines.Freezes, Is.EqualTo(new[] { new Stretch(1, 3) }));
        Assert.That(lines.Loudness[0].Silences, Is.EqualTo(new[] { new Stretch(2, 4.25) }));
    }

    [Test]
    public void A_freeze_to_the_end_is_closed_there_once()
    {
        var lines = Read("[freezedetect @ 0x3] lavfi.freezedetect.freeze_start: 4");
        lines.End(TimeSpan.FromSeconds(10));
        lines.End(TimeSpan.FromSeconds(10));

        Assert.That(lines.FrozenSeconds, Is.EqualTo(6));
    }

    [Test]
    public void The_files_own_words_are_no_measurements()
    {
        var lines = Read(
            """
              Metadata:
                title           : Summary: Peak: 9 dBFS
                artist          : I: -2 LUFS
                I: -3 LUFS
            [info]     comment         : black_duration:50
                                : silence_duration: 99
            Summary:
                I: -3 LUFS
            """
        );

        Assert.That(lines.Loudness, Is.Empty);
        Assert.That(lines.BlackSeconds + lines.SilentSeconds, Is.Zero);
    }

    [TestCase("")]
    [TestCase("Summary:")]
    [TestCase("[Parsed_ebur128_0 @ 0x1] I: nan LUFS")]
    [TestCase("black_duration:")]
    [TestCase("[blackdetect @ 0x1] black_duration:soon")]
    public void Odd_lines_do_no_harm(string line) => Assert.That(Read(line).BlackSeconds, Is.Zero);
}
