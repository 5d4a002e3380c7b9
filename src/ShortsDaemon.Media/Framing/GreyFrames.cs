using System.Globalization;
using System.Text.RegularExpressions;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Framing;

/// <summary>Small grey pictures of a recording, each set by one ffmpeg process through one file.</summary>
internal sealed partial class GreyFrames(FFmpeg ffmpeg)
{
    /// <summary>Rate of <see cref="SteadyAsync"/>, in pictures per second.</summary>
    public const int SteadyRate = 6;

    private const int SpreadWidth = 960;
    private const int SteadyWidth = 480;
    private const int FewestDifferent = 6;

    // From here on a change of picture is a cut: fast games stay below, in percent.
    private const int CutScore = 14;

    // Only the smoothing of block edges is left out, which nobody sees at this size.
    private static readonly string[] Unsmoothed = ["-skip_loop_filter", "all"];
    private static readonly string[] KeyFramesOnly = ["-skip_frame", "nokey"];

    /// <param name="task">What is looked at.</param>
    /// <param name="count">How many at most, spread over the whole length.</param>
    /// <returns>Pictures that differ from each other; fewer where the recording shows the same all along.</returns>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<GreyFrame>> SpreadAsync(FramingTask task, int count, CancellationToken cancel)
    {
        var size = Small(task.Picture, SpreadWidth);
        var graph = SpreadGraph(task, size, task.Length / count);
        // Key frames cost next to nothing, but some recordings have hardly any.
        var few = await ReadAsync([.. KeyFramesOnly, .. Unsmoothed]);
        return few.Count >= Math.Min(count, FewestDifferent) ? few : await ReadAsync(Unsmoothed);

        async Task<IReadOnlyList<GreyFrame>> ReadAsync(string[] decoding)
        {
            var file = task.Scratch.At("spread.grey");
            await RunAsync(task.Source, decoding, graph, file, OutputHandlers.None, cancel);
            return [.. Different(Read(file, size))];
        }
    }

    /// <summary>All along, with the cuts between scenes.</summary>
    public async Task<SteadyFrames> SteadyAsync(FramingTask task, CancellationToken cancel)
    {
        var size = Small(task.Picture, SteadyWidth);
        var cuts = new List<double>();
        var handlers = new OutputHandlers
        {
            OnError = line =>
            {
                if (CutLine().Match(line) is { Success: true } cut)
                    cuts.Add(double.Parse(cut.Groups["time"].ValueSpan, CultureInfo.InvariantCulture));
            },
        };
        var file = task.Scratch.At("steady.grey");
        await RunAsync(task.Source, Unsmoothed, SteadyGraph(task, size), file, handlers, cancel);
        return new SteadyFrames(SteadyRate, Read(file, size), cuts);
    }

    // The frame times are of no use, and ffmpeg would fill the gaps with copies: each gets a place of its own.
    internal static string SpreadGraph(FramingTask task, Size size, TimeSpan step) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"[0:{task.Picture.Index}]{CutFilters.Picture(task.Cut)}select='isnan(prev_selected_t)+gte(t-prev_selected_t,{step.TotalSeconds:0.######})',"
        ) + $"scale={size}:flags=area,format=gray,setpts=N/(25*TB),fps=25[grey]";

    internal static string SteadyGraph(FramingTask task, Size size) =>
        $"[0:{task.Picture.Index}]{CutFilters.Picture(task.Cut)}fps={task.Rate}:start_time=0,scale={size}:flags=area,format=gray,scdet=t={CutScore},"
        + $"fps={SteadyRate}:start_time=0[grey]";

    private static Size Small(VideoStream picture, int width)
    {
        var size = SourcePicture.SizeOf(picture);
        return size.Width <= width ? size : size.Scaled((double)width / size.Width);
    }

    private async Task RunAsync(
        string path,
        string[] decoding,
        string graph,
        string file,
        OutputHandlers handlers,
        CancellationToken cancel
    )
    {
        string[] general = ["-hide_banner", "-nostats", "-nostdin", "-y"];
        string[] output = ["-filter_complex", graph, "-map", "[grey]", "-f", "rawvideo", InputArguments.Url(file)];
        var command = new ProcessCommand(
            ffmpeg.Program,
            [.. general, .. decoding, .. InputArguments.For(path), .. output]
        )
        {
            LowPriority = true,
        };
        await ffmpeg.RunAsync(command, handlers, encoder: null, cancel);
    }

    private static IEnumerable<GreyFrame> Read(string path, Size size)
    {
        using var file = File.OpenRead(path);
        while (true)
        {
            var pixels = new byte[size.Width * size.Height];
            if (file.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) < pixels.Length)
                yield break;
            yield return new GreyFrame(size.Width, size.Height, pixels);
        }
    }

    private static IEnumerable<GreyFrame> Different(IEnumerable<GreyFrame> frames)
    {
        GreyFrame? last = null;
        foreach (var frame in frames)
        {
            if (last is null || !frame.Pixels.AsSpan().SequenceEqual(last.Pixels))
                yield return frame;
            last = frame;
        }
    }

    // Titles and other words of the file are indented.
    [GeneratedRegex(
        @"^\[[^\] ]*scdet[^\]]*\].*lavfi\.scd\.time:\s*(?<time>\d+(\.\d+)?)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex CutLine();
}
