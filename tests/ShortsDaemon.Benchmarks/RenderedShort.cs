using System.Globalization;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Benchmarks;

/// <summary>
/// One Short with captions, measured loudness and thumbnails, with and without quality control, against the bare encode and
/// against the usual chain of separate ffmpeg passes. 30 s at the frame rate of the recording, the start of the program
/// included.
/// </summary>
internal static class RenderedShort
{
    private const double AllowedOfBare = 1.12;
    private const double AllowedWithControl = 1.30;
    private const double AllowedOfChain = 1 / 3d;

    public static async Task RunAsync(Workbench bench)
    {
        var source = await bench.FootageAsync("render.mp4", 30, "1920x1080", 60);
        var probe = new MediaProbe(bench.Processes, () => new ShortsDaemon.Media.ToolPaths());
        var rate = (int)
            Math.Round((await probe.ProbeAsync(source, CancellationToken.None)).RequirePicture().Rate.PerSecond);
        await File.WriteAllLinesAsync(bench.Path("render.srt"), Captions());
        foreach (var layout in new[] { "CentreCrop", "BlurredBackdrop" })
        {
            await Workbench.CompareAsync(
                $"A Short with captions, {layout} ÷ bare encode",
                () => RenderAlone.StartAsync(bench, source, layout),
                () => BareEncode.RunAsync(bench, source, rate),
                AllowedOfBare
            );
            await Workbench.CompareAsync(
                $"the same with quality control, {layout} ÷ bare encode",
                () => ClipAsync(bench, source, layout),
                () => BareEncode.RunAsync(bench, source, rate),
                AllowedWithControl
            );
        }
        await Workbench.CompareAsync(
            "A Short with captions, BlurredBackdrop ÷ separate passes",
            () => RenderAlone.StartAsync(bench, source, "BlurredBackdrop"),
            () => ChainAsync(bench, source, rate),
            AllowedOfChain
        );
    }

    private static IEnumerable<string> Captions() =>
        Enumerable
            .Range(0, 14)
            .SelectMany(i =>
                (string[])
                    [$"{i + 1}", $"00:00:{2 * i:00},000 --> 00:00:{2 * i + 1:00},800", "six words are said in here", ""]
            );

    private static async Task ClipAsync(Workbench bench, string source, string layout) =>
        await bench.Processes.RequireAsync(
            new ProcessCommand(
                DaemonProgram.Path,
                [
                    "clip",
                    source,
                    "-o",
                    bench.Path("made.mp4"),
                    "--force",
                    "--layout",
                    layout,
                    "--data",
                    bench.Path("data"),
                ]
            )
            {
                Limits = new ProcessLimits { Time = TimeSpan.FromHours(1) },
            },
            OutputHandlers.None,
            CancellationToken.None
        );

    // Each step writes a file that the next one reads, as scripts do that are put together from answers on the web.
    private static async Task ChainAsync(Workbench bench, string source, int rate)
    {
        string[] x264 = [.. new X264().OutputArguments(new EncodeSettings(new FrameRate(rate, 1)))];
        string[] keep = ["-c:a", "copy"];
        await bench.FFmpegAsync(["-i", source, "-vf", $"fps={rate},setsar=1", .. x264, .. keep, bench.Path("1.mp4")]);
        const string Backdrop = "scale=-2:1920,crop=1080:1920,boxblur=20:2";
        await bench.FFmpegAsync(["-i", bench.Path("1.mp4"), "-vf", Backdrop, .. x264, "-an", bench.Path("b.mp4")]);
        string[] both = ["-i", bench.Path("b.mp4"), "-i", bench.Path("1.mp4")];
        const string Over = "[1:v]scale=1080:-2[f];[0:v][f]overlay=0:(H-h)/2[v]";
        string[] mapped = ["-filter_complex", Over, "-map", "[v]", "-map", "1:a"];
        await bench.FFmpegAsync([.. both, .. mapped, .. x264, .. keep, bench.Path("2.mp4")]);
        var drawn = $"subtitles={bench.Path("render.srt")}";
        await bench.FFmpegAsync(["-i", bench.Path("2.mp4"), "-vf", drawn, .. x264, .. keep, bench.Path("3.mp4")]);
        await bench.FFmpegAsync("-i", bench.Path("3.mp4"), "-af", "loudnorm=print_format=json", "-f", "null", "-");
        string[] level =
        [
            "-af",
            "loudnorm=I=-14:TP=-1.5",
            "-ar",
            "48000",
            "-c:v",
            "copy",
            "-c:a",
            "aac",
            "-b:a",
            "192k",
        ];
        await bench.FFmpegAsync(["-i", bench.Path("3.mp4"), .. level, bench.Path("4.mp4")]);
        var middle = 15.ToString(CultureInfo.InvariantCulture);
        await bench.FFmpegAsync("-ss", middle, "-i", bench.Path("4.mp4"), "-frames:v", "1", bench.Path("4.jpg"));
    }
}
