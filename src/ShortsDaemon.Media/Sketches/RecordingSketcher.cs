using System.Globalization;
using System.Runtime.InteropServices;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Sketches;

/// <summary>Makes the <see cref="Sketch"/> of a recording in one decode.</summary>
public sealed class RecordingSketcher
{
    // Far more than any Short lasts, and no more than memory allows.
    private const int LongestSeconds = 600;
    private const double ManyPictures = 20;

    // Of what is longer only a part is shown, and its sound is measured by itself.
    private static readonly TimeSpan LongestShown = TimeSpan.FromMinutes(3);

    // Two a second show open eyes after a blink; more than so many cost more than they are worth.
    private const int LeastStillStep = Sketch.Rate / 2;
    private const int MostStills = 24;
    private const int StillSide = 270;

    private readonly FFmpeg _ffmpeg;
    private readonly FaceModel? _faces;

    /// <param name="faces">Where it finds faces, the sketch has pictures that are large enough for them; null: never.</param>
    public RecordingSketcher(ProcessRunner processes, Func<ToolPaths> tools, FaceModel? faces = null) =>
        (_ffmpeg, _faces) = (new FFmpeg(processes, tools), faces);

    /// <param name="path">The recording.</param>
    /// <param name="info">What was probed of it.</param>
    /// <param name="scratch">Where three files may lie meanwhile: a path without ending, in a folder that exists.</param>
    /// <param name="threads">Threads of the decode; 0: as many as ffmpeg likes.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RefusedMediaException">The recording's fault.</exception>
    /// <exception cref="DiskFullException">No room for the files.</exception>
    /// <exception cref="ProcessFailedException">ffmpeg's fault.</exception>
    public async Task<Sketch> MakeAsync(
        string path,
        MediaInfo info,
        string scratch,
        int threads,
        CancellationToken cancel
    )
    {
        var files = new SketchFiles(scratch);
        var lines = new AnalysisLines();
        var step = _faces is { } faces && faces.Look().Problem is null ? StillStep(info) : 0;
        try
        {
            var command = new ProcessCommand(_ffmpeg.Program, [.. Arguments(path, info, step, threads, files)])
            {
                LowPriority = true,
            };
            await _ffmpeg.RunAsync(command, new OutputHandlers { OnError = lines.Read }, encoder: null, cancel);
            var samples = MemoryMarshal.Cast<byte, short>(await ReadAsync(files.Sound, cancel)).ToArray();
            return new Sketch(await ReadAsync(files.Pictures, cancel), samples)
            {
                Heard = IsHeard(info) ? lines.Heard : null,
                Stills = Cut(await ReadAsync(files.Stills, cancel), StillSize(info)),
                StillStep = Math.Max(1, step),
            };
        }
        finally
        {
            File.Delete(files.Pictures);
            File.Delete(files.Sound);
            File.Delete(files.Stills);
        }
    }

    /// <param name="path">The recording.</param>
    /// <param name="info">What was probed of it.</param>
    /// <param name="step">Each picture of this number is a still, too; 0: none.</param>
    /// <param name="threads">Threads of the decode; 0: as many as ffmpeg likes.</param>
    /// <param name="files">Where it is written.</param>
    internal static IEnumerable<string> Arguments(string path, MediaInfo info, int step, int threads, SketchFiles files)
    {
        var longest = LongestSeconds.ToString(CultureInfo.InvariantCulture);
        var small = $"scale={Sketch.Side}:{Sketch.Side}:flags=area,format=gray[v]";
        var graph = $"[0:{info.RequirePicture().Index}]fps={Sketch.Rate}:start_time=0,";
        graph +=
            step == 0
                ? small
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"split[p][q];[p]{small};[q]framestep={step},scale={StillSize(info)}:flags=area,format=gray[s]"
                );
        if (info.Sound is { } track)
            graph +=
                $";[0:{track.Index}]aresample={Sketch.SampleRate}:async=1:first_pts=0,aformat=sample_fmts=s16:channel_layouts=mono[a]";
        if (IsHeard(info))
            graph += $";{LoudnessMeter.Graph(new Mix(info.Sound, Cut: null, info.Duration))}[heard]";
        return
        [
            .. (string[])["-hide_banner", "-nostats", "-nostdin", "-y"],
            .. InputArguments.Threads(threads),
            // Of many pictures a second those suffice that others are built on.
            .. info.RequirePicture().Rate.PerSecond >= ManyPictures ? (string[])["-skip_frame", "noref"] : [],
            // The smoothing of block edges is lost on so small a picture.
            .. (string[])["-skip_loop_filter", "all"],
            .. InputArguments.For(path),
            .. (string[])["-filter_complex", graph],
            .. (string[])["-map", "[v]", "-t", longest, "-f", "rawvideo", InputArguments.Url(files.Pictures)],
            .. step == 0
                ? Array.Empty<string>()
                :
                [
                    "-map",
                    "[s]",
                    "-frames:v",
                    MostStills.ToString(CultureInfo.InvariantCulture),
                    "-f",
                    "rawvideo",
                    InputArguments.Url(files.Stills),
                ],
            .. info.Sound is null
                ? Array.Empty<string>()
                : ["-map", "[a]", "-t", longest, "-f", "s16le", InputArguments.Url(files.Sound)],
            .. IsHeard(info) ? (string[])["-map", "[heard]", "-f", "null", "-"] : [],
        ];
    }

    internal static int StillStep(MediaInfo info) =>
        Math.Max(LeastStillStep, (int)Math.Ceiling(info.Duration.TotalSeconds * Sketch.Rate / MostStills));

    private static bool IsHeard(MediaInfo info) => info.Sound is not null && info.Duration <= LongestShown;

    private static Size StillSize(MediaInfo info)
    {
        var size = SourcePicture.SizeOf(info.RequirePicture());
        var factor = (double)StillSide / Math.Min(size.Width, size.Height);
        return factor < 1 ? size.Scaled(factor) : size;
    }

    private static List<GreyFrame> Cut(byte[] stills, Size size)
    {
        var length = size.Width * size.Height;
        return
        [
            .. Enumerable
                .Range(0, stills.Length / length)
                .Select(i => new GreyFrame(size.Width, size.Height, stills[(i * length)..((i + 1) * length)])),
        ];
    }

    // What was not asked for, or is not in the recording, has no file.
    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancel) =>
        File.Exists(path) ? await File.ReadAllBytesAsync(path, cancel) : [];
}

/// <summary>Where ffmpeg writes what a sketch is made of; what was not asked for has no file.</summary>
/// <param name="scratch">A path without ending.</param>
internal sealed class SketchFiles(string scratch)
{
    public string Pictures => scratch + ".grey";

    public string Sound => scratch + ".pcm";

    public string Stills => scratch + ".stills";
}
