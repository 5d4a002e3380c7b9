using System.Text;
using System.Text.Json;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Probing;

/// <summary>Asks ffprobe what a file holds.</summary>
public sealed class MediaProbe(ProcessRunner processes, Func<ToolPaths> tools)
{
    // Only what is read: a tag of any length would otherwise come along.
    private const string Wanted =
        "format=format_name,start_time,duration,size:stream=index,codec_type,codec_name,width,height,"
        + "sample_aspect_ratio,pix_fmt,field_order,color_primaries,color_transfer,color_space,color_range,"
        + "r_frame_rate,avg_frame_rate,sample_rate,channels,channel_layout,start_time,duration:"
        + "stream_disposition:stream_tags=DURATION:stream_side_data=rotation";

    private static readonly ProcessLimits Limits = new() { Time = TimeSpan.FromSeconds(60) };
    private static readonly ProcessLimits ReadingLimits = new() { Time = TimeSpan.FromMinutes(5) };

    /// <param name="path">The file; any name is safe.</param>
    /// <exception cref="RefusedMediaException">It is no recording: empty, text, a playlist, cut off, encrypted.</exception>
    /// <exception cref="IOException">It is not there or cannot be read (also <see cref="UnauthorizedAccessException"/>).</exception>
    /// <exception cref="ProcessFailedException">ffprobe itself is missing, hangs or writes nonsense.</exception>
    public async Task<MediaInfo> ProbeAsync(string path, CancellationToken cancel)
    {
        RequireReadable(path);
        var json = new StringBuilder();
        var command = Command(path, ["-show_entries", Wanted, "-of", "json"], Limits);
        await RunAsync(path, command, line => json.AppendLine(line), cancel);
        var info = Read(command, json.ToString());
        return info.Picture is { Duration: null } picture ? await MeasureAsync(path, info, picture, cancel) : info;
    }

    // Where no length is written down, as in a live WebM, or only that of the whole file: all packets are read.
    private async Task<MediaInfo> MeasureAsync(
        string path,
        MediaInfo info,
        VideoStream picture,
        CancellationToken cancel
    )
    {
        var packets = new PacketClock();
        string[] asked = ["-select_streams", $"{picture.Index}", "-show_entries", "packet=pts_time,duration_time"];
        var command = Command(path, [.. asked, "-of", "csv=p=0"], ReadingLimits);
        await RunAsync(path, command, packets.Read, cancel);
        return packets.End - info.Start is { } length && length > TimeSpan.Zero
            ? info with
            {
                Duration = length,
                Picture = picture with { Duration = length },
            }
            : info;
    }

    private ProcessCommand Command(string path, IReadOnlyList<string> asked, ProcessLimits limits) =>
        new(tools().FFprobe, ["-v", "error", .. asked, .. InputArguments.For(path)]) { Limits = limits };

    private async Task RunAsync(string path, ProcessCommand command, Action<string> read, CancellationToken cancel)
    {
        var result = await processes.RunAsync(command, new OutputHandlers { OnOutput = read }, cancel);
        if (result.Succeeded)
            return;
        RequireReadable(path); // it may have gone meanwhile, which is not the tool's fault
        throw Refusal(path, command, result);
    }

    private static void RequireReadable(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length == 0)
            throw new RefusedMediaException("the file is empty (0 bytes)");
    }

    private static MediaInfo Read(ProcessCommand command, string json)
    {
        try
        {
            return ProbeParser.Parse(json);
        }
        catch (JsonException e)
        {
            throw new ProcessFailedException(
                $"{command.DisplayName} did not answer in JSON: {e.Message} Is Tools:FFprobe really ffprobe?",
                inner: e
            );
        }
    }

    private static Exception Refusal(string path, ProcessCommand command, ProcessResult result)
    {
        // Without the name, which could hold any words.
        var words = string.Join('\n', result.ErrorTail).Replace(InputArguments.Url(path), "", StringComparison.Ordinal);
        var reason = ProbeErrors.Explain(words);
        return reason is null ? ProcessFailedException.ForExit(command, result) : new RefusedMediaException(reason);
    }
}
