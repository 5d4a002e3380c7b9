using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>Tiny recordings, made once with ffmpeg. Each number is a file of its own content.</summary>
internal static class Recordings
{
    // Colours that are not named are others each time, seed or not, and with them the size of the Short.
    private const string Gradients =
        "gradients=s=320x180:r=24:speed=0.1:nb_colors=4:c0=red:c1=blue:c2=yellow:c3=green:seed=7";

    private static readonly Lazy<Task<byte[]>> Small = new(() => MakeAsync(3.2));
    private static readonly Lazy<Task<byte[]>> Long = new(() => MakeAsync(12));

    /// <summary>3.2 s, 320x180, 24 fps, bt709, tone at about -20 LUFS.</summary>
    public static async Task<byte[]> GoodAsync(int number) => Mark(await Small.Value, number);

    /// <summary>12 s of the same: long enough to be met in the middle of its encode.</summary>
    public static async Task<byte[]> LongAsync(int number) => Mark(await Long.Value, number);

    public static Task<byte[]> AudioOnlyAsync() =>
        RunAsync("mp4", ["-f", "lavfi", "-i", "sine=440", "-t", "4", "-c:a", "aac"]);

    public static Task<byte[]> OneFrameAsync() =>
        RunAsync("mp4", ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=24", "-frames:v", "1", "-c:v", "libx264"]);

    /// <summary>Three hours at one frame per second.</summary>
    public static Task<byte[]> ThreeHoursAsync() =>
        RunAsync(
            "mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=64x64:r=1", "-t", "10800", "-c:v", "libx264", "-preset", "ultrafast"]
        );

    /// <summary>Runs a tool to its end.</summary>
    /// <returns>Its standard output.</returns>
    public static async Task<string> ToolAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
    }

    private static Task<byte[]> MakeAsync(double seconds) =>
        RunAsync(
            "mp4",
            [
                .. (string[])["-f", "lavfi", "-i", Gradients],
                .. (string[])["-f", "lavfi", "-i", "sine=440:r=48000"],
                .. (string[])["-t", seconds.ToString(CultureInfo.InvariantCulture), "-c:v", "libx264"],
                .. (string[])["-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"],
                .. (string[])["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"],
            ]
        );

    private static async Task<byte[]> RunAsync(string ending, IEnumerable<string> arguments)
    {
        var file = Path.Combine(Path.GetTempPath(), $"recording-{Guid.NewGuid():N}.{ending}");
        try
        {
            await ToolAsync("ffmpeg", ["-v", "error", .. arguments, file]);
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // A box that players skip.
    private static byte[] Mark(byte[] recording, int number)
    {
        var note = Encoding.ASCII.GetBytes($"recording {number}");
        var marked = new byte[recording.Length + 8 + note.Length];
        recording.CopyTo(marked, 0);
        BinaryPrimitives.WriteInt32BigEndian(marked.AsSpan(recording.Length), 8 + note.Length);
        "free"u8.CopyTo(marked.AsSpan(recording.Length + 4));
        note.CopyTo(marked, recording.Length + 8);
        return marked;
    }
}
