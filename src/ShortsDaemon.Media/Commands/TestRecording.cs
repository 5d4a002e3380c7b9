using System.Globalization;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Commands;

/// <summary>Makes a small recording with moving picture and sound, of which a Short can be made.</summary>
public sealed class TestRecording(ProcessRunner processes, Func<ToolPaths> tools)
{
    // The shortest Short, and a little more: what is made of it must not end below.
    private const double Seconds = 3.2;

    private static readonly ProcessLimits Limits = new() { Time = TimeSpan.FromMinutes(1) };

    /// <param name="path">Where it is written, as mp4; overwritten.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProcessFailedException">ffmpeg cannot do it.</exception>
    public async Task MakeAsync(string path, CancellationToken cancel)
    {
        var command = new ProcessCommand(tools().FFmpeg, Arguments(path)) { Limits = Limits, LowPriority = true };
        await processes.RequireAsync(command, OutputHandlers.None, cancel);
    }

    private static IReadOnlyList<string> Arguments(string path)
    {
        var length = Seconds.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. (string[])["-nostdin", "-hide_banner", "-loglevel", "error", "-y"],
            .. (string[])["-f", "lavfi", "-i", $"testsrc=size=320x180:rate=24:duration={length}"],
            .. (string[])["-f", "lavfi", "-i", $"sine=frequency=440:duration={length}"],
            .. (string[])["-c:v", "mpeg4", "-q:v", "5", "-c:a", "aac", "-f", "mp4", path],
        ];
    }
}
