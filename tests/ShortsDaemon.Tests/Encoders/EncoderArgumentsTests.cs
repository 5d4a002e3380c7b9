using NUnit.Framework;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Tests.Encoders;

/// <summary>The exact arguments: a change here changes every Short, so it must be seen.</summary>
public sealed class EncoderArgumentsTests
{
    private const string Common =
        "-flags +cgop -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709";

    private static readonly FrameRate Sixty = new(60, 1);
    private static readonly FrameRate Ntsc = new(30000, 1001);

    private static IEnumerable<TestCaseData> Golden()
    {
        yield return Case(
            new VideoToolbox(),
            "",
            "format=nv12",
            "-c:v h264_videotoolbox -b:v 8M -maxrate 10M -bufsize 16M -realtime 0 -allow_sw 0"
        );
        yield return Case(
            new Nvenc(),
            "",
            "format=yuv420p",
            "-c:v h264_nvenc -preset p5 -tune hq -rc vbr -cq 27 -b:v 0 -maxrate 12M -bufsize 24M -spatial-aq 1"
        );
        yield return Case(
            new QuickSync(),
            "-init_hw_device qsv=hw",
            "format=nv12",
            "-c:v h264_qsv -preset medium -global_quality 24 -look_ahead 0"
        );
        yield return Case(
            new Vaapi(),
            "-vaapi_device /dev/dri/renderD128",
            "format=nv12,hwupload",
            "-c:v h264_vaapi -rc_mode CQP -qp 24"
        );
        yield return Case(
            new Vaapi { Device = "/dev/dri/renderD129" },
            "-vaapi_device /dev/dri/renderD129",
            "format=nv12,hwupload",
            "-c:v h264_vaapi -rc_mode CQP -qp 24"
        );
        yield return Case(new Amf(), "", "format=nv12", "-c:v h264_amf -quality balanced -rc cqp -qp_i 22 -qp_p 24");
        yield return Case(
            new X264(),
            "",
            "format=yuv420p",
            "-c:v libx264 -preset veryfast -crf 20 -maxrate 16M -bufsize 32M -bf 2"
        );
    }

    private static TestCaseData Case(VideoEncoder encoder, string device, string tail, string output) =>
        new(encoder, device, tail, output) { TestName = $"{encoder.Name} {device}".Trim() };

    [TestCaseSource(nameof(Golden))]
    public void Arguments_are_exactly(VideoEncoder encoder, string device, string tail, string output)
    {
        Assert.That(string.Join(' ', encoder.DeviceArguments), Is.EqualTo(device));
        Assert.That(encoder.FilterTail, Is.EqualTo(tail));
        Assert.That(
            encoder.OutputArguments(new(Sixty)),
            Is.EqualTo($"{output} -profile:v high -g 120 {Common}".Split(' '))
        );
        Assert.That(
            encoder.OutputArguments(new(Ntsc)),
            Is.EqualTo($"{output} -profile:v high -g 59 {Common}".Split(' '))
        );
    }

    private static IEnumerable<TestCaseData> Capped()
    {
        const string cap = "-maxrate 4000k -bufsize 4000k";
        yield return Case(new X264(), $"-c:v libx264 -preset veryfast -crf 20 {cap} -bf 2");
        yield return Case(
            new Nvenc(),
            $"-c:v h264_nvenc -preset p5 -tune hq -rc vbr -cq 27 -b:v 0 {cap} -spatial-aq 1"
        );
        yield return Case(new VideoToolbox(), $"-c:v h264_videotoolbox -b:v 3200k {cap} -realtime 0 -allow_sw 0");
        yield return Case(new QuickSync(), $"-c:v h264_qsv -preset medium -b:v 3200k {cap} -look_ahead 0");
        yield return Case(new Vaapi(), $"-c:v h264_vaapi -rc_mode VBR -b:v 3200k {cap}");
        yield return Case(new Amf(), $"-c:v h264_amf -quality balanced -rc vbr_peak -b:v 3200k {cap}");

        static TestCaseData Case(VideoEncoder encoder, string output) =>
            new(encoder, output) { TestName = $"{encoder.Name} below a size" };
    }

    [TestCaseSource(nameof(Capped))]
    public void A_cap_takes_the_place_of_what_is_usual(VideoEncoder encoder, string output) =>
        Assert.That(
            encoder.OutputArguments(new(Sixty) { MaxKilobits = 4000 }),
            Is.EqualTo($"{output} -profile:v high -g 120 {Common}".Split(' '))
        );

    [Test]
    public void A_cap_above_the_usual_one_changes_nothing()
    {
        var settings = new EncodeSettings(Sixty) { MaxKilobits = 15999 };

        Assert.That(new Nvenc().OutputArguments(settings), Is.EqualTo(new Nvenc().OutputArguments(new(Sixty))));
        Assert.That(
            new VideoToolbox().OutputArguments(settings),
            Is.EqualTo(new VideoToolbox().OutputArguments(new(Sixty)))
        );
    }

    [TestCase(50, 60, 6332, Description = "95 % of 50 MiB over 61 s, less 200 for the sound")]
    [TestCase(1, 180, 300, Description = "not lower than this")]
    [TestCase(256, 60, null)]
    [TestCase(null, 60, null)]
    public void The_cap_follows_from_size_and_length(int? mebibytes, int seconds, int? kilobits) =>
        Assert.That(SizeAim.Kilobits(mebibytes * 1024L * 1024, TimeSpan.FromSeconds(seconds)), Is.EqualTo(kilobits));

    [Test]
    public void Only_libx264_takes_a_thread_limit()
    {
        var settings = new EncodeSettings(Sixty) { Threads = 1 };

        Assert.That(new X264().OutputArguments(settings).TakeLast(2), Is.EqualTo(["-threads", "1"]));
        Assert.That(new Nvenc().OutputArguments(settings), Has.None.EqualTo("-threads"));
    }

    [TestCase(30000, 1001)]
    [TestCase(24000, 1001)]
    [TestCase(60000, 1001)]
    [TestCase(25, 1)]
    [TestCase(50, 1)]
    public void A_group_of_pictures_lasts_at_most_two_seconds(int numerator, int denominator)
    {
        var settings = new EncodeSettings(new(numerator, denominator));

        Assert.That(settings.GroupOfPictures / settings.FrameRate.PerSecond, Is.GreaterThan(1.9).And.AtMost(2));
    }

    [Test]
    public void The_trial_uses_the_production_arguments_at_the_real_size()
    {
        var vaapi = new Vaapi();
        var production = vaapi.OutputArguments(new(Sixty));

        Assert.That(
            EncoderTrial.Arguments(vaapi),
            Is.EqualTo(
                (string[])
                    [
                        .. "-nostdin -hide_banner -loglevel warning -vaapi_device /dev/dri/renderD128".Split(' '),
                        .. "-f lavfi -i testsrc2=size=1080x1920:rate=60 -vf format=nv12,hwupload".Split(' '),
                        .. production,
                        .. "-frames:v 12 -flags +global_header -f framecrc -".Split(' '),
                    ]
            )
        );
    }
}
