using System.Globalization;
using System.Runtime.InteropServices;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Sketches;

/// <summary>Makes the <see cref="Sketch"/> of a recording in one decode.</summary>
public sealed class RecordingSketcher
{
    // Far more than any Short lasts, and no more than memory allows.
    private const int LongestSeconds = 600;
    private const double ManyPictures = 20;

    private readonly FFmpeg _ffmpeg;

    public RecordingSketcher(ProcessRunner processes, Func<ToolPaths> tools) => _ffmpeg = new FFmpeg(processes, tools);

    /// <param name="path">The recording.</param>
    /// <param name="info">What was probed of it.</param>
    /// <param name="scratch">Where two files may lie meanwhile: a path without ending, in a folder that exists.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RefusedMediaException">The recording's fault.</exception>
    /// <exception cref="DiskFullException">No room for the two files.</exception>
    /// <exception cref="ProcessFailedException">ffmpeg's fault.</exception>
    public async Task<Sketch> MakeAsync(string path, MediaInfo info, string scratch, CancellationToken cancel)
    {
        var (pictures, sound) = (scratch + ".grey", scratch + ".pcm");
        try
        {
            var command = new ProcessCommand(_ffmpeg.Program, [.. Arguments(path, info, pictures, sound)])
            {
                LowPriority = true,
            };
            await _ffmpeg.RunAsync(command, OutputHandlers.None, encoder: null, cancel);
            var samples = MemoryMarshal.Cast<byte, short>(await ReadAsync(sound, cancel)).ToArray();
            return new Sketch(await ReadAsync(pictures, cancel), samples);
        }
        finally
        {
            File.Delete(pictures);
            File.Delete(sound);
        }
    }

    private static IEnumerable<string> Arguments(string path, MediaInfo info, string pictures, string sound)
    {
        var longest = LongestSeconds.ToString(CultureInfo.InvariantCulture);
        var graph =
            $"[0:{info.RequirePicture().Index}]fps={Sketch.Rate}:start_time=0,scale={Sketch.Side}:{Sketch.Side}:flags=area,format=gray[v]";
        if (info.Sound is { } track)
            graph +=
                $";[0:{track.Index}]aresample={Sketch.SampleRate}:async=1:first_pts=0,aformat=sample_fmts=s16:channel_layouts=mono[a]";
        return
        [
            .. (string[])["-hide_banner", "-nostats", "-nostdin", "-loglevel", "warning", "-y"],
            // Of many pictures a second those suffice that others are built on.
            .. info.RequirePicture().Rate.PerSecond >= ManyPictures ? (string[])["-skip_frame", "noref"] : [],
            // The smoothing of block edges is lost on so small a picture.
            .. (string[])["-skip_loop_filter", "all"],
            .. InputArguments.For(path),
            .. (string[])["-filter_complex", graph],
            .. (string[])["-map", "[v]", "-t", longest, "-f", "rawvideo", InputArguments.Url(pictures)],
            .. info.Sound is null
                ? Array.Empty<string>()
                : ["-map", "[a]", "-t", longest, "-f", "s16le", InputArguments.Url(sound)],
        ];
    }

    // Without sound there is no second file.
    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancel) =>
        File.Exists(path) ? await File.ReadAllBytesAsync(path, cancel) : [];
}
