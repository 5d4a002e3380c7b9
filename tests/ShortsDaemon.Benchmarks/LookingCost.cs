using ShortsDaemon.Media;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Fingerprints;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Benchmarks;

/// <summary>What it costs to look at a recording before it is rendered, and at the Short after, against decoding it.</summary>
internal static class LookingCost
{
    private const double AllowedBefore = 1.2;
    private const double AllowedAfter = 1.4;

    public static async Task RunAsync(Workbench bench)
    {
        var source = await bench.FootageAsync("look.mp4", 30, "1920x1080", 60);
        var probe = new MediaProbe(bench.Processes, () => new ToolPaths());
        var info = await probe.ProbeAsync(source, CancellationToken.None);
        var sketcher = new RecordingSketcher(bench.Processes, () => new ToolPaths());
        await Workbench.CompareAsync(
            "Sketch and fingerprint of 30 s of 1080p60 ÷ decode",
            async () =>
                Fingerprint.Of(await sketcher.MakeAsync(source, info, bench.Path("sketch"), 0, CancellationToken.None)),
            () => DecodeAsync(bench, source),
            AllowedBefore
        );
        var made = bench.Path("short.mp4");
        await bench.FFmpegAsync("-i", source, "-vf", "crop=608:1080,scale=1080:1920", "-preset", "veryfast", made);
        var meter = new FinishedFileMeter(bench.Processes, probe, () => new ToolPaths());
        await Workbench.CompareAsync(
            "Quality control of a Short of 30 s at 60 fps ÷ decode",
            () => meter.MeasureAsync(made, -60, 0, CancellationToken.None),
            () => DecodeAsync(bench, made),
            AllowedAfter
        );
    }

    private static Task DecodeAsync(Workbench bench, string path) => bench.FFmpegAsync("-i", path, "-f", "null", "-");
}
