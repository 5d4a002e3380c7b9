using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>The real tools, one folder for the whole run, and everything that makes and measures Shorts there.</summary>
[SetUpFixture]
public sealed class Studio
{
    public const double SilenceDb = -60;

    private static DirectoryInfo? _folder;
    private static int _made;

    public static ProcessRunner Processes { get; } = new(TimeProvider.System, $"studio-{Environment.ProcessId}");

    public static MediaProbe Probe { get; } = new(Processes, () => new ToolPaths());

    public static FinishedFileMeter Meter { get; } = new(Processes, Probe, () => new ToolPaths());

    [OneTimeSetUp]
    public void Open()
    {
        if (ToolPath.Find("ffmpeg") is null || ToolPath.Find("ffprobe") is null)
            Assert.Ignore("ffmpeg or ffprobe is not installed");
        _folder = Directory.CreateTempSubdirectory("studio-");
    }

    [OneTimeTearDown]
    public void Close() => _folder?.Delete(recursive: true);

    /// <summary>A path in the run's folder.</summary>
    public static string At(string name) => Path.Combine(_folder!.FullName, name);

    /// <summary>A fresh folder, so that names cannot meet.</summary>
    public static string NewFolder() => Directory.CreateDirectory(At($"{Interlocked.Increment(ref _made)}")).FullName;

    /// <param name="encoders">Candidates, best first; default: libx264 with its quickest preset.</param>
    public static EncoderSelection Encoders(params VideoEncoder[] encoders) =>
        new(
            Processes,
            encoders is [] ? [new QuickX264()] : encoders,
            () => new("ffmpeg", []),
            At(encoders is [] ? "encoders.json" : $"encoders-{Interlocked.Increment(ref _made)}.json"),
            TimeProvider.System
        );

    public static ShortRequest Request(string source, LayoutName layout = LayoutName.BlurredBackdrop)
    {
        var folder = NewFolder();
        return new(source, Path.Combine(folder, "short.mp4"), Path.Combine(folder, "thumbnail.jpg"))
        {
            Layout = layout,
        };
    }

    /// <summary>Makes and measures a Short of a file.</summary>
    public static async Task<Take> MakeAsync(string source, LayoutName layout = LayoutName.BlurredBackdrop)
    {
        var request = Request(source, layout);
        using var encoders = Encoders();
        var maker = new ShortMaker(Processes, Probe, encoders, () => new ToolPaths());
        var made = await maker.MakeAsync(request, null, CancellationToken.None);
        return new(request, made, await Meter.MeasureAsync(request.Video, SilenceDb, 0, CancellationToken.None));
    }
}

/// <summary>One Short that was made and measured.</summary>
public sealed record Take(ShortRequest Request, MadeShort Made, FinishedFile File);

/// <summary>Production's arguments but for preset and quality, which nothing that is asserted here depends on.</summary>
internal sealed class QuickX264 : VideoEncoder
{
    private readonly X264 _real = new();

    public override string Name => _real.Name;

    public override bool IsHardware => false;

    public override IReadOnlyList<string> OutputArguments(EncodeSettings settings) =>
        Quicken([.. _real.OutputArguments(settings)]);

    private static string[] Quicken(string[] arguments)
    {
        foreach (
            var (option, value) in (ReadOnlySpan<(string, string)>)
                [("-preset", "ultrafast"), ("-crf", "30"), ("-bf", "0")]
        )
            if (Array.IndexOf(arguments, option) is >= 0 and var at)
                arguments[at + 1] = value;
        return arguments;
    }
}
