using System.Globalization;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Thumbnails;

/// <summary>A few small grey pictures of a recording, by one ffmpeg process that decodes little else.</summary>
internal sealed class Stills(FFmpeg ffmpeg)
{
    // Of the shorter side, px: a face a quarter as high is large enough for its eyes to be seen.
    private const int Side = 360;
    private const double ManyPictures = 20;

    /// <param name="path">The recording.</param>
    /// <param name="picture">Its video stream.</param>
    /// <param name="times">By the clock of the recording.</param>
    /// <param name="scratch">Where files may lie meanwhile: a path without ending, in a folder that exists.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>One for each time; null: there is no picture.</returns>
    public async Task<IReadOnlyList<GreyFrame?>> TakeAsync(
        string path,
        VideoStream picture,
        IReadOnlyList<TimeSpan> times,
        string scratch,
        CancellationToken cancel
    )
    {
        var size = SizeOf(picture);
        string[] files = [.. times.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{scratch}{i}.grey"))];
        try
        {
            var command = new ProcessCommand(ffmpeg.Program, [.. Arguments(path, picture, size, times, files)])
            {
                LowPriority = true,
            };
            await ffmpeg.RunAsync(command, OutputHandlers.None, encoder: null, cancel);
            List<GreyFrame?> stills = [];
            foreach (var file in files)
                stills.Add(await ReadAsync(file, size, cancel));
            return stills;
        }
        finally
        {
            foreach (var file in files)
                File.Delete(file);
        }
    }

    internal static Size SizeOf(VideoStream picture)
    {
        var size = SourcePicture.SizeOf(picture);
        var factor = (double)Side / Math.Min(size.Width, size.Height);
        return factor < 1 ? size.Scaled(factor) : size;
    }

    internal static IEnumerable<string> Arguments(
        string path,
        VideoStream picture,
        Size size,
        IReadOnlyList<TimeSpan> times,
        IReadOnlyList<string> files
    ) =>
        [
            .. (string[])["-hide_banner", "-nostats", "-nostdin", "-loglevel", "warning", "-y"],
            .. times.SelectMany(time => Input(path, picture, time)),
            "-filter_complex",
            string.Join(
                ';',
                times.Select(
                    (_, i) =>
                        string.Create(CultureInfo.InvariantCulture, $"[{i}:{picture.Index}]")
                        + $"scale={size}:flags=area,format=gray[g{i.ToString(CultureInfo.InvariantCulture)}]"
                )
            ),
            .. files.SelectMany((file, i) => Output(file, i)),
        ];

    // The same pictures as in the sketch: those others are built on, block edges as they are. One thread each, as several
    // would decode pictures ahead that nobody asks for.
    private static string[] Input(string path, VideoStream picture, TimeSpan time) =>
        [
            .. picture.Rate.PerSecond >= ManyPictures ? (string[])["-skip_frame", "noref"] : [],
            "-skip_loop_filter",
            "all",
            "-threads",
            "1",
            "-ss",
            time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture),
            .. InputArguments.For(path),
        ];

    private static string[] Output(string file, int number) =>
        [
            "-map",
            string.Create(CultureInfo.InvariantCulture, $"[g{number}]"),
            "-frames:v",
            "1",
            "-f",
            "rawvideo",
            InputArguments.Url(file),
        ];

    private static async Task<GreyFrame?> ReadAsync(string path, Size size, CancellationToken cancel)
    {
        if (!File.Exists(path))
            return null;
        var pixels = await File.ReadAllBytesAsync(path, cancel);
        return pixels.Length == size.Width * size.Height ? new GreyFrame(size.Width, size.Height, pixels) : null;
    }
}
