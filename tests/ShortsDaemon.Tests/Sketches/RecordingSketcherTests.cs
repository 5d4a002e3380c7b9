using NUnit.Framework;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Sketches;
using ShortsDaemon.Tests.Filters;

namespace ShortsDaemon.Tests.Sketches;

/// <summary>What ffmpeg is asked for when a recording is looked at.</summary>
public sealed class RecordingSketcherTests
{
    private const string Meter =
        ";[0:1]aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,"
        + "silencedetect=n=-60dB:d=0.5,ebur128=peak=true:framelog=verbose[heard]";

    [Test]
    public void The_sound_of_what_may_be_shown_whole_is_measured_along_with_it()
    {
        var line = Line(seconds: 180, threads: 0);

        Assert.That(line, Does.Contain(Meter).And.EndWith("-map [heard] -f null -"));
    }

    [Test]
    public void Of_a_longer_recording_only_a_part_will_be_heard()
    {
        Assert.That(Line(seconds: 181, threads: 0), Does.Not.Contain("ebur128").And.Not.Contain("[heard]"));
    }

    [Test]
    public void Where_others_wait_it_takes_no_more_than_its_share_of_the_cores()
    {
        Assert.That(
            Line(seconds: 9, threads: 1),
            Does.StartWith("-hide_banner -nostats -nostdin -y -filter_complex_threads 1 -threads 1 -skip_frame noref")
        );
        Assert.That(Line(seconds: 9, threads: 0), Does.Not.Contain("threads"));
    }

    private static string Line(int seconds, int threads)
    {
        var sound = new AudioStream(1, "aac", 48000, 2, "stereo", null);
        var length = TimeSpan.FromSeconds(seconds);
        var info = new MediaInfo("mov", length, 1, VideoStreams.Of(1920, 1080), sound, 1, 1);
        return string.Join(' ', RecordingSketcher.Arguments("/a.mp4", info, 0, threads, new SketchFiles("/s")));
    }
}
