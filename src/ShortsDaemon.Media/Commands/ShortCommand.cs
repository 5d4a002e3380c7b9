using System.Globalization;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Commands;

/// <summary>The argument list of the one ffmpeg process that makes a Short and its thumbnails, and of its sound made anew.</summary>
internal static class ShortCommand
{
    private static readonly string[] General =
    [
        "-hide_banner",
        "-nostats",
        "-loglevel",
        "warning",
        "-y",
        "-progress",
        "pipe:1",
    ];

    /// <param name="ffmpeg">Name or path of ffmpeg.</param>
    /// <param name="plan">What to make.</param>
    /// <param name="video">Absolute path of the Short to write.</param>
    /// <param name="thumbnail">Absolute path of the JPEG to write.</param>
    /// <param name="wide">Absolute path of the landscape JPEG to write.</param>
    /// <param name="limits">Time and stall limits.</param>
    public static ProcessCommand For(
        string ffmpeg,
        ShortPlan plan,
        string video,
        string thumbnail,
        string wide,
        ProcessLimits limits
    ) =>
        new(
            ffmpeg,
            [
                .. Start(plan),
                .. Inputs(plan),
                .. Video(plan, video),
                .. Jpeg("[thumbnail]", thumbnail),
                .. Jpeg("[wide]", wide),
            ]
        )
        {
            WorkingDirectory = plan.Folder,
            Limits = limits,
            Stop = StopRequest.QuitKey,
            LowPriority = true,
        };

    /// <summary>A finished picture with its sound made anew in another length; the picture is copied.</summary>
    /// <param name="plan">With the length that the picture really has.</param>
    /// <param name="picture">Absolute path of the Short whose picture it is.</param>
    /// <param name="video">Absolute path of the Short to write.</param>
    public static ProcessCommand Resound(
        string ffmpeg,
        ShortPlan plan,
        string picture,
        string video,
        ProcessLimits limits
    ) =>
        new(
            ffmpeg,
            [
                .. General,
                .. Inputs(plan),
                .. InputArguments.For(picture),
                "-filter_complex",
                ShortGraph.SoundOf(plan),
                "-map",
                plan.Sound is null || plan.Music is not null ? "2:v" : "1:v",
                "-c:v",
                "copy",
                .. Output(video),
            ]
        )
        {
            Limits = limits,
            Stop = StopRequest.QuitKey,
            LowPriority = true,
        };

    private static IEnumerable<string> Start(ShortPlan plan) =>
        [.. General, .. plan.Encoder.DeviceArguments, .. InputArguments.Threads(plan.Threads)];

    private static IEnumerable<string> Inputs(ShortPlan plan) =>
        [
            .. InputArguments.For(plan.Source),
            .. plan.Mix.IsEmpty ? ["-f", "lavfi", "-i", $"anullsrc=r={Sound.SampleRate}:cl=stereo"] : plan.Mix.Inputs,
        ];

    private static IEnumerable<string> Video(ShortPlan plan, string path) =>
        [
            "-filter_complex",
            ShortGraph.For(plan),
            "-map",
            "[picture]",
            .. plan.Encoder.OutputArguments(SettingsOf(plan)),
            // Newer versions of ffmpeg forget the rate where frames get other times.
            .. plan.LoopFrames > 0 ? ["-r", plan.Rate.ToString()] : Array.Empty<string>(),
            .. Output(path),
        ];

    private static EncodeSettings SettingsOf(ShortPlan plan) =>
        new(plan.Rate) { Threads = plan.Threads, MaxKilobits = SizeAim.Kilobits(plan.MaxBytes, plan.Length) };

    private static IEnumerable<string> Output(string path) =>
        [
            "-map",
            "[sound]",
            "-c:a",
            "aac",
            // At this rate nearer to the original than the default, and three times as fast.
            "-aac_coder",
            "fast",
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

    private static IEnumerable<string> Jpeg(string label, string path) =>
        [
            "-map",
            label,
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
