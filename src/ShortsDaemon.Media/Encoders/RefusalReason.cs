using System.Text.RegularExpressions;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Encoders;

/// <summary>Says in words why ffmpeg could not use an encoder.</summary>
internal static partial class RefusalReason
{
    public const string NotBuiltIn = "This ffmpeg was built without it";

    private static readonly (string Pattern, string Words)[] Known =
    [
        ("Cannot load libcuda", "No NVIDIA driver is installed (libcuda is missing)"),
        ("Cannot load nvcuda", "No NVIDIA driver is installed (nvcuda is missing)"),
        ("Cannot load libnvidia-encode", "The NVIDIA driver lacks its encoder library (libnvidia-encode)"),
        ("required nvenc API version", "The NVIDIA driver is too old for this ffmpeg"),
        ("CUDA_ERROR_NO_DEVICE", "No NVIDIA card was found"),
        ("No capable devices found", "No NVIDIA card that can encode H.264 was found"),
        ("OpenEncodeSessionEx failed", "The NVIDIA driver opened no encoder session; too many may be in use"),
        ("No VA display found", "No graphics device for VAAPI, or this user may not open it (group render)"),
        ("Failed to initialise VAAPI connection", "The VAAPI driver of the graphics device could not be started"),
        ("No usable encoding", "The graphics driver cannot encode H.264"),
        ("MFX session", "No Intel Quick Sync device, or its driver is not installed"),
        ("'qsv=hw'", "No Intel Quick Sync device, or its driver is not installed"),
        ("amfrt", "No AMD driver with the AMF runtime is installed"),
        ("cannot create compression session", "VideoToolbox opened no hardware session"),
        ("Unknown encoder", NotBuiltIn),
        ("Could not find a valid device", "No device that offers this encoder was found"),
    ];

    // ffmpeg's echoes of an error that an earlier line names.
    private static readonly string[] Echoes =
    [
        "Conversion failed",
        "Error initializing output stream",
        "Error while opening encoder",
        "Could not open encoder before EOF",
        "Error parsing global options",
        "Error opening output file",
        "Device creation failed",
        "Nothing was written",
        "Task finished with error",
        "Terminating thread",
    ];

    public static string From(ProcessResult result)
    {
        var lines = result
            .ErrorTail.Select(line => Origin().Replace(line, "").Trim())
            .Where(l => l.Length > 0)
            .ToList();
        foreach (var (pattern, words) in Known)
        {
            if (lines.Any(line => line.Contains(pattern, StringComparison.OrdinalIgnoreCase)))
                return words;
        }
        var telling = lines.LastOrDefault(line => !Echoes.Any(echo => line.Contains(echo, StringComparison.Ordinal)));
        return (telling ?? lines.LastOrDefault()) is { } said
            ? $"ffmpeg said: {said}"
            : $"ffmpeg ended with exit code {result.ExitCode} and said nothing";
    }

    /// <summary>The "[h264_nvenc @ 0x5572f5e0be80]" in front of a line.</summary>
    [GeneratedRegex(@"^(\[[^\]]* @ [^\]]*\]\s*)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Origin();
}
