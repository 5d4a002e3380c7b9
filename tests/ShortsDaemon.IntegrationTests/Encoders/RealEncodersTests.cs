using NUnit.Framework;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Encoders;

/// <summary>The real ffmpeg of this machine, with whatever encoders it lists.</summary>
public sealed class RealEncodersTests
{
    private readonly ProcessRunner _processes = new(TimeProvider.System, "encoder-tests");
    private DirectoryInfo _folder = null!;

    [OneTimeSetUp]
    public void FindFFmpeg()
    {
        if (ToolPath.Find("ffmpeg") is null || ToolPath.Find("ffprobe") is null)
            Assert.Ignore("ffmpeg or ffprobe is not installed");
        _folder = Directory.CreateTempSubdirectory("encoders-");
    }

    [OneTimeTearDown]
    public void RemoveFolder() => _folder?.Delete(recursive: true);

    [Test]
    public async Task Something_works_and_every_refusal_has_a_reason_in_words()
    {
        using var selection = Open("all.json");

        var chosen = await selection.ChooseAsync(CancellationToken.None);

        var report = selection.Report;
        TestContext.Out.WriteLine(string.Join('\n', report));
        Assert.That(report.Single(e => e.Chosen).Name, Is.EqualTo(chosen.Name));
        Assert.That(report.Single(e => e.Name == "libx264").Works, Is.True);
        foreach (var refused in report.Where(e => !e.Works))
            Assert.That(refused.Reason, Does.Match("^[A-Z][^@]{15,}$").And.Not.Contains("exit code"), refused.Name);
    }

    [TestCase("h264_nvenc", "No NVIDIA", "/proc/driver/nvidia/version")]
    [TestCase("h264_qsv", "No Intel Quick Sync device", "/dev/dri")]
    [TestCase("h264_vaapi", "No graphics device for VAAPI", "/dev/dri")]
    public async Task A_listed_encoder_without_its_hardware_is_refused(string name, string reason, string hardware)
    {
        if (Path.Exists(hardware))
            Assert.Ignore($"this machine has {hardware}, so {name} may work");
        using var selection = Open($"{name}.json");
        await selection.TryDueAsync(CancellationToken.None);

        var state = selection.Report.Single(e => e.Name == name);
        if (!state.Listed)
            Assert.Ignore($"this ffmpeg does not list {name}");

        Assert.That(state.Works, Is.False);
        Assert.That(state.Reason, Does.StartWith(reason));
    }

    [TestCase("60", 60, 1)]
    [TestCase("30000/1001", 30000, 1001)]
    public async Task A_real_encode_has_the_promised_format(string rate, int numerator, int denominator)
    {
        var file = Path.Combine(_folder.FullName, $"{numerator}.mp4");
        await EncodeAsync(new X264(), new(new(numerator, denominator)) { Threads = 1 }, rate, file);

        var stream = await ProbeAsync(file, "-show_entries", StreamEntries);
        var keyFrames = (await ProbeAsync(file, "-skip_frame", "nokey", "-show_entries", "frame=pts_time"))
            .Select(line => double.Parse(line.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture))
            .ToList();

        Assert.That(stream, Is.SupersetOf(ExpectedStream));
        Assert.That(stream, Does.Contain($"r_frame_rate={(denominator == 1 ? rate + "/1" : rate)}"));
        Assert.That(keyFrames, Has.Count.GreaterThanOrEqualTo(3));
        Assert.That(keyFrames.Zip(keyFrames.Skip(1), (a, b) => b - a), Is.All.AtMost(2.0));
    }

    private const string StreamEntries =
        "stream=codec_name,profile,pix_fmt,width,height,r_frame_rate,color_range,color_space,color_transfer,color_primaries";

    private static readonly string[] ExpectedStream =
    [
        "codec_name=h264",
        "profile=High",
        "pix_fmt=yuv420p",
        "width=1080",
        "height=1920",
        "color_range=tv",
        "color_space=bt709",
        "color_transfer=bt709",
        "color_primaries=bt709",
    ];

    private EncoderSelection Open(string cache) =>
        new(
            _processes,
            PlatformEncoders.InOrder(),
            () => new("ffmpeg", []),
            Path.Combine(_folder.FullName, cache),
            TimeProvider.System
        );

    private Task<ProcessResult> EncodeAsync(VideoEncoder encoder, EncodeSettings settings, string rate, string file) =>
        _processes.RequireAsync(
            new ProcessCommand(
                "ffmpeg",
                [
                    .. (string[])["-nostdin", "-hide_banner", "-loglevel", "error"],
                    .. encoder.DeviceArguments,
                    .. (string[])["-f", "lavfi", "-i", $"testsrc2=size=1080x1920:rate={rate}:duration=5"],
                    .. (string[])["-vf", encoder.FilterTail],
                    .. encoder.OutputArguments(settings),
                    file,
                ]
            ),
            OutputHandlers.None,
            CancellationToken.None
        );

    private async Task<List<string>> ProbeAsync(string file, params string[] what)
    {
        List<string> lines = [];
        await _processes.RequireAsync(
            new("ffprobe", ["-v", "error", "-select_streams", "v:0", .. what, "-of", "default=nk=0:nw=1", file]),
            new OutputHandlers { OnOutput = lines.Add },
            CancellationToken.None
        );
        return [.. lines.Where(line => line.Contains('='))];
    }
}
