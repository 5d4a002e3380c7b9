using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>The call of yt-dlp. Every option is known to the versions from 2023 on.</summary>
internal static class YtDlpCommand
{
    /// <param name="options">Tools and limits.</param>
    /// <param name="page">The clip's own address.</param>
    /// <param name="folder">Where it writes, and nowhere else.</param>
    /// <param name="stall">Longest time without enough progress.</param>
    public static ProcessCommand Of(ShortsOptions options, string page, string folder, TimeSpan stall) =>
        new(options.Tools.YtDlp, Arguments(options.Tools, page, folder))
        {
            WorkingDirectory = folder,
            // It keeps a cache of its own otherwise, in the home of whoever runs the daemon.
            Environment = new Dictionary<string, string?> { ["XDG_CACHE_HOME"] = Path.Combine(folder, "cache") },
            Limits = new ProcessLimits { Time = TimeSpan.FromSeconds(options.Twitch.DownloadSeconds), Stall = stall },
        };

    private static IReadOnlyList<string> Arguments(ToolsOptions tools, string page, string folder) =>
        [
            "--ignore-config",
            "--no-update",
            "--no-playlist",
            "-q",
            "--no-warnings",
            "--progress",
            "--newline",
            "--progress-template",
            $"download:{YtDlpReading.ProgressMark}%(progress)j",
            "--no-simulate",
            "--print",
            $"after_move:{YtDlpReading.DoneMark}%(filepath)j",
            "--socket-timeout",
            "20",
            "--retries",
            "10",
            "--fragment-retries",
            "10",
            // Left out by default, with exit code 0 and a full length: holes in the picture.
            "--abort-on-unavailable-fragments",
            "-N",
            "4",
            "-f",
            "b[height<=1080]/b",
            .. FFmpegPlace(tools.FFmpeg),
            "-P",
            folder,
            "-o",
            "%(id)s.%(ext)s",
            "--",
            page,
        ];

    // It finds the one on PATH by itself.
    private static IEnumerable<string> FFmpegPlace(string ffmpeg) =>
        ffmpeg.Contains(Path.DirectorySeparatorChar) ? ["--ffmpeg-location", ffmpeg] : [];
}
