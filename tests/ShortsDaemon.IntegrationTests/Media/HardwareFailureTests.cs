using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Encoders;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Hardware that passes its trial and fails at the real thing.</summary>
public sealed class HardwareFailureTests
{
    [Test]
    public async Task A_failing_encoder_is_demoted_and_the_next_one_makes_the_Short()
    {
        using var encoders = Studio.Encoders(new SixtyOnly(), new QuickX264());
        Assert.That((await encoders.ChooseAsync(CancellationToken.None)).IsHardware, Is.True, "it passes its trial");
        var request = Studio.Request(await Recording.PlainAsync());

        var made = await Maker(encoders).MakeAsync(request, null, CancellationToken.None);

        Assert.That(made.Encoder, Is.EqualTo("libx264"));
        var demoted = encoders.Report.Single(e => e.Name == SixtyOnly.ItsName);
        Assert.That(demoted, Has.Property("Works").False.And.Property("DemotedUntil").Not.Null);
        Assert.That(demoted.Reason, Does.StartWith("It failed in production"));
        var file = await Studio.Meter.MeasureAsync(request.Video, Studio.SilenceDb, 0, CancellationToken.None);
        ShortContract.Check(new(request, made, file), new(30, 1), 3);
    }

    [Test]
    public async Task Without_time_out_it_is_not_asked_for_ever()
    {
        using var encoders = Studio.Encoders(new SixtyOnly(), new QuickX264());
        var request = Studio.Request(await Recording.PlainAsync()) with { Demotion = TimeSpan.Zero };

        var made = await Maker(encoders).MakeAsync(request, null, CancellationToken.None);

        Assert.That(made.Encoder, Is.EqualTo("libx264"));
    }

    [Test]
    public async Task A_recording_that_no_encoder_can_do_is_not_the_hardwares_fault()
    {
        using var encoders = Studio.Encoders(new SixtyOnly(), new SixtyOnly("libx264"));
        var request = Studio.Request(await Recording.PlainAsync());

        Assert.CatchAsync(() => Maker(encoders).MakeAsync(request, null, CancellationToken.None));

        Assert.That(encoders.Report.Select(e => e.DemotedUntil), Is.All.Null);
    }

    [Test]
    public async Task A_full_disk_is_not_the_encoders_fault()
    {
        if (!File.Exists("/dev/full"))
            Assert.Ignore("this system has no /dev/full");
        using var encoders = Studio.Encoders(new SixtyOnly(), new QuickX264());
        var source = await Recording.MakeAsync("60.mp4", Recording.Of("testsrc2=s=320x180:r=60", null, 1));
        var full = Path.Combine(Studio.NewFolder(), "short.mp4");
        File.CreateSymbolicLink(full, "/dev/full");

        Assert.ThrowsAsync<DiskFullException>(() =>
            Maker(encoders).MakeAsync(Studio.Request(source) with { Video = full }, null, CancellationToken.None)
        );

        Assert.That(encoders.Report.Single(e => e.Name == SixtyOnly.ItsName).DemotedUntil, Is.Null);
    }

    private static ShortMaker Maker(EncoderSelection encoders) =>
        new(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths());

    // The trial runs at 60 frames per second.
    private sealed class SixtyOnly(string name = SixtyOnly.ItsName) : VideoEncoder
    {
        public const string ItsName = "libx264rgb";

        public override string Name => name;

        public override bool IsHardware => name == ItsName;

        public override IReadOnlyList<string> OutputArguments(EncodeSettings settings) =>
            ["-c:v", "libx264", "-preset", settings.FrameRate.PerSecond > 59 ? "ultrafast" : "broken"];
    }
}
