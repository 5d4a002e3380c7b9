using System.Collections.Concurrent;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Makes the recordings of the tests with ffmpeg, each once per run.</summary>
internal static class Recording
{
    public const string Tone = "sine=frequency=440:sample_rate=48000,volume=0.5";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Made = new(StringComparer.Ordinal);

    /// <param name="name">File name; its ending chooses the container.</param>
    /// <param name="arguments">ffmpeg's arguments before the output file, separated by blanks.</param>
    public static Task<string> MakeAsync(string name, string arguments) =>
        Made.GetOrAdd(name, _ => new(() => RunAsync(Studio.At(name), arguments))).Value;

    /// <summary>Moving test picture and sound: 3 s, 640×360 at 30 fps.</summary>
    public static Task<string> PlainAsync() => MakeAsync("plain.mp4", Of("testsrc2=s=640x360:r=30", Tone));

    /// <summary>Arguments for a picture and a sound of 3 s each from two lavfi sources without blanks.</summary>
    public static string Of(string picture, string? sound = null, double seconds = 3) =>
        $"-f lavfi -t {seconds} -i {picture} "
        + (sound is null ? "" : $"-f lavfi -t {seconds} -i {sound} -c:a aac ")
        + "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";

    private static async Task<string> RunAsync(string path, string arguments)
    {
        await FFmpegAsync([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), path]);
        return path;
    }

    public static Task FFmpegAsync(IEnumerable<string> arguments) =>
        Studio.Processes.RequireAsync(
            new("ffmpeg", ["-nostdin", "-hide_banner", "-loglevel", "error", "-y", .. arguments]),
            OutputHandlers.None,
            CancellationToken.None
        );
}
