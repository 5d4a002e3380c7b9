using System.Globalization;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Commands;

/// <summary>The argument list of the one ffmpeg process that makes a Short and its thumbnail.</summary>
internal static class ShortCommand
{
    /// <param name="ffmpeg">Name or path of ffmpeg.</param>
    /// <param name="plan">What to make.</param>
    /// <param name="video">Absolute path of the Short to write.</param>
    /// <param name="thumbnail">Absolute path of the JPEG to write.</param>
    /// <param name="limits">Time and stall limits.</param>
    public static ProcessCommand For(
        string ffmpeg,
        ShortPlan plan,
        string video,
        string thumbnail,
        ProcessLimits limits
    ) =>
        new(ffmpeg, [.. Start(plan), .. Inputs(plan), .. Video(plan, video), .. Thumbnail(thumbnail)])
        {
            Limits = limits,
            Stop = StopRequest.QuitKey,
            LowPriority = true,
        };

    private static IEnumerable<string> Start(ShortPlan plan) =>
        [
            "-hide_banner",
            "-nostats",
            "-loglevel",
            "warning",
            "-y",
            "-progress",
            "pipe:1",
            .. plan.Encoder.DeviceArguments,
        ];

    private static IEnumerable<string> Inputs(ShortPlan plan) =>
        [
            .. plan.Threads > 0 ? ["-threads", Text(plan.Threads)] : Array.Empty<string>(),
            .. InputArguments.For(plan.Source),
            .. plan.Sound is null
                ? ["-f", "lavfi", "-i", $"anullsrc=r={Sound.SampleRate}:cl=stereo"]
                : Array.Empty<string>(),
            "-filter_complex",
            ShortGraph.For(plan),
        ];

    private static IEnumerable<string> Video(ShortPlan plan, string path) =>
        [
            "-map",
            "[picture]",
            .. plan.Encoder.OutputArguments(new EncodeSettings(plan.Rate) { Threads = plan.Threads }),
            "-map",
            "[sound]",
            "-c:a",
            "aac",
            "-b:a",
            "192k",
            "-ar",
            Text(Sound.SampleRate),
            "-ac",
            "2",
            "-map_metadata",
            "-1",
            "-map_chapters",
            "-1",
            "-shortest",
            "-movflags",
            "+faststart",
            "-f",
            "mp4",
            InputArguments.Url(path),
        ];

    private static IEnumerable<string> Thumbnail(string path) =>
        [
            "-map",
            "[thumbnail]",
            "-frames:v",
            "2",
            "-c:v",
            "mjpeg",
            "-q:v",
            "3",
            "-f",
            "image2",
            "-update",
            "1",
            InputArguments.Url(path),
        ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
