using System.Globalization;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Analysis;

/// <summary>Probes a finished Short and decodes it from end to end, once.</summary>
public sealed class FinishedFileMeter
{
    // Every frame is decoded, a few each second are looked at, small: as telling as all of them, and much cheaper.
    private const int LooksPerSecond = 10;

    // Light, edges and motion need fewer still.
    private const int LooksPerMeasurement = 5;

    private const string Measurement =
        "signalstats,metadata=mode=print:file=-,nullsink;"
        + "[edges]sobel=planes=1,signalstats,metadata=mode=print:key=lavfi.signalstats.YAVG,nullsink";

    // All data is still read and every error seen; only the smoothing of block edges, which no check looks at, is left out.
    private static readonly string[] Unsmoothed = ["-skip_loop_filter", "all"];

    private readonly MediaProbe _probe;
    private readonly FFmpeg _ffmpeg;

    public FinishedFileMeter(ProcessRunner processes, MediaProbe probe, Func<ToolPaths> tools)
    {
        _probe = probe;
        _ffmpeg = new FFmpeg(processes, tools);
    }

    /// <param name="path">The finished file.</param>
    /// <param name="silenceDb">What counts as silent, in dBFS.</param>
    /// <param name="threads">Threads of the decode; 0: as many as ffmpeg likes.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RefusedMediaException">It cannot be opened as media at all.</exception>
    public async Task<FinishedFile> MeasureAsync(string path, double silenceDb, int threads, CancellationToken cancel)
    {
        var info = await _probe.ProbeAsync(path, cancel);
        var lines = new AnalysisLines();
        var pictures = new PictureLines();
        var errors = new List<string>();
        await _ffmpeg.RunAsync(
            Decode(path, info, silenceDb, threads),
            new OutputHandlers
            {
                OnOutput = pictures.ReadPicture,
                OnError = line => Sort(line, lines, pictures, errors),
            },
            encoder: null,
            cancel
        );
        lines.End(info.Duration);
        return new FinishedFile(
            info,
            lines.Heard,
            lines.BlackSeconds,
            lines.FrozenSeconds,
            FastStart.Check(path),
            errors
        )
        {
            Blacks = lines.Blacks,
            Freezes = lines.Freezes,
            Look = pictures.Look,
        };
    }

    private ProcessCommand Decode(string path, MediaInfo info, double silenceDb, int threads) =>
        new(
            _ffmpeg.Program,
            [
                "-hide_banner",
                "-nostats",
                "-nostdin",
                "-loglevel",
                "level+info",
                .. InputArguments.Threads(threads),
                .. Unsmoothed,
                .. InputArguments.For(path),
                .. Graph(info, silenceDb),
            ]
        )
        {
            LowPriority = true,
        };

    private static string[] Graph(MediaInfo info, double silenceDb)
    {
        var picture = info.RequirePicture();
        var step = Math.Max(1, (int)Math.Round(picture.Rate.PerSecond / LooksPerSecond));
        var video =
            $"[0:{picture.Index}]framestep={step},scale=180:320:flags=fast_bilinear,split[all][some];"
            // A game in space is dark all along but for a few bright things.
            + "[all]blackdetect=d=0.3:pix_th=0.1:pic_th=0.998,freezedetect=n=-60dB:d=1[v];"
            + $"[some]framestep={LooksPerMeasurement},split[whole][edges];[whole]{Measurement}";
        if (info.Sound is not { } sound)
            return ["-filter_complex", video, "-map", "[v]", "-f", "null", "-"];
        var audio = string.Create(
            CultureInfo.InvariantCulture,
            $"[0:{sound.Index}]silencedetect=n={silenceDb:0.##}dB:d=0.5,ebur128=peak=true:framelog=verbose[a]"
        );
        return ["-filter_complex", $"{video};{audio}", "-map", "[v]", "-map", "[a]", "-f", "null", "-"];
    }

    private static void Sort(string line, AnalysisLines lines, PictureLines pictures, List<string> errors)
    {
        if (line.Contains("[error]", StringComparison.Ordinal) || line.Contains("[fatal]", StringComparison.Ordinal))
            errors.Add(line);
        lines.Read(line);
        pictures.ReadEdges(line);
    }
}
