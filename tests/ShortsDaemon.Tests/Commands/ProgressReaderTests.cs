using NUnit.Framework;
using ShortsDaemon.Media.Commands;

namespace ShortsDaemon.Tests.Commands;

public sealed class ProgressReaderTests
{
    private readonly List<EncodeProgress> _reports = [];

    private ProgressReader Read(string lines, double length = 10)
    {
        _reports.Clear();
        var reader = new ProgressReader(TimeSpan.FromSeconds(length), _reports.Add);
        foreach (var line in lines.Split('\n'))
            reader.Read(line);
        return reader;
    }

    [Test]
    public void Percent_speed_and_time_left()
    {
        var reader = Read("frame=75\nout_time_us=2500000\nspeed=1.5x\nprogress=continue");

        Assert.That(_reports, Is.EqualTo(new[] { new EncodeProgress(25, 1.5, TimeSpan.FromSeconds(5)) }));
        Assert.That(reader, Has.Property("Frames").EqualTo(75).And.Property("HasEnded").False);
    }

    [TestCase("frame=0\nout_time_us=N/A\nspeed=N/A\nprogress=continue")]
    [TestCase("out_time_us=-20000\nspeed=   0x\nprogress=continue")]
    public void Nothing_known_yet(string lines)
    {
        Read(lines);

        Assert.That(_reports, Is.EqualTo(new[] { new EncodeProgress(0, null, null) }));
    }

    [Test]
    public void More_than_was_promised_is_still_all()
    {
        var reader = Read("out_time_us=11000000\nspeed=2x\nprogress=end");

        Assert.That(_reports, Is.EqualTo(new[] { new EncodeProgress(100, 2, TimeSpan.Zero) }));
        Assert.That(reader.HasEnded, Is.True);
    }

    [Test]
    public void Without_a_length_there_is_no_percentage()
    {
        Read("out_time_us=1000000\nprogress=continue", 0);

        Assert.That(_reports.Single().Percent, Is.Zero);
    }

    [Test]
    public void Only_new_frames_and_the_end_are_progress()
    {
        var reader = new ProgressReader(TimeSpan.FromSeconds(1), null);

        string[] lines =
        [
            "frame=1",
            "frame=1",
            "frame= 2",
            "frame=0",
            "fps=30",
            "progress=continue",
            "",
            "x",
            "=",
            "progress=end",
        ];
        Assert.That(lines.Where(reader.Read), Is.EqualTo(new[] { "frame=1", "frame= 2", "progress=end" }));
    }
}
