using NUnit.Framework;
using ShortsDaemon.Media.Analysis;

namespace ShortsDaemon.Tests.Analysis;

public sealed class PictureLinesTests
{
    [Test]
    public void The_means_of_all_pictures_and_of_their_edges()
    {
        var lines = new PictureLines();
        foreach (
            var line in new[]
            {
                "frame:0    pts:0       pts_time:0",
                "lavfi.signalstats.YLOW=20",
                "lavfi.signalstats.YAVG=100.5",
                "lavfi.signalstats.YHIGH=200",
                "lavfi.signalstats.SATAVG=12",
                "lavfi.signalstats.YDIF=0",
                "lavfi.signalstats.YAVG=101.5",
                "lavfi.signalstats.YDIF=8",
            }
        )
            lines.ReadPicture(line);
        lines.ReadEdges("[Parsed_metadata_9 @ 0x1] [info] lavfi.signalstats.YAVG=7.5");

        Assert.That(lines.Look, Is.EqualTo(new PictureLook(101, 180, 12, 4, 7.5)));
    }

    [TestCase("lavfi.signalstats.YAVG=nan")]
    [TestCase("lavfi.signalstats.YAVG=")]
    [TestCase("lavfi.signalstats.YAVG")]
    [TestCase("")]
    public void Odd_lines_do_no_harm(string line)
    {
        var lines = new PictureLines();
        lines.ReadPicture(line);
        Assert.That(lines.Look, Is.Null);
    }

    [Test]
    public void The_files_own_words_are_no_measurements()
    {
        var lines = new PictureLines();
        lines.ReadPicture("lavfi.signalstats.YAVG=50");
        lines.ReadEdges("    title           : lavfi.signalstats.YAVG=255");
        Assert.That(lines.Look!.Sharpness, Is.Zero);
    }
}
