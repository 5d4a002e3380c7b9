using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Render.Transcribers;
using ShortsDaemon.Pipeline.Retention;
using ShortsDaemon.Pipeline.Sources.TwitchClips;

namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>The whole configuration, bound and checked. Paths in it are absolute.</summary>
public sealed class ShortsOptions
{
    public DaemonOptions Daemon { get; init; } = new();
    public StorageOptions Storage { get; init; } = new();
    public ToolsOptions Tools { get; init; } = new();
    public EncodingOptions Encoding { get; init; } = new();
    public RetryOptions Retry { get; init; } = new();
    public WebOptions Web { get; init; } = new();
    public HealthOptions Health { get; init; } = new();
    public LogOptions Log { get; init; } = new();
    public TelemetryOptions Telemetry { get; init; } = new();
    public RetentionOptions Retention { get; init; } = new();
    public BackupOptions Backup { get; init; } = new();

    /// <summary>Who is told of alerts.</summary>
    public List<ReceiverOptions> Alerts { get; init; } = [];

    /// <summary>Those of <see cref="Alerts"/> that are switched on.</summary>
    public IReadOnlyList<ReceiverOptions> Receivers => [.. Alerts.Where(receiver => receiver.Enabled)];

    public HealthPingOptions HealthPing { get; init; } = new();
    public TwitchOptions Twitch { get; init; } = new();
    public YouTubeOptions YouTube { get; init; } = new();
    public TranscriptionOptions Transcription { get; init; } = new();

    /// <summary>Channels by name: letters, digits, '-' and '_'.</summary>
    public Dictionary<string, ChannelOptions> Channels { get; init; } = new(StringComparer.OrdinalIgnoreCase);
}

public sealed class DaemonOptions
{
    /// <summary>Folder of everything the daemon writes: database, work folders, logs.</summary>
    [Required, RelativePath(PathBase.CurrentDirectory), NeedsRestart]
    public string DataDirectory { get; init; } = "data";

    /// <summary>Folder of token files, one per account; only the daemon's user may reach them.</summary>
    [Required, RelativePath(PathBase.DeclaringFile), NeedsRestart]
    public string CredentialsDirectory { get; init; } = "credentials";

    /// <summary>Shows what would happen and publishes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Where the health page and the metrics are, separated by ';'. Loopback by default.</summary>
    [Required, NeedsRestart]
    public string Urls { get; init; } = "http://127.0.0.1:8787";

    /// <summary>Longest clean stop in s; keep it below the service manager's own limit.</summary>
    [Range(1, 300), NeedsRestart]
    public double StopSeconds { get; init; } = 20;
}

public sealed class StorageOptions
{
    [NeedsRestart]
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    /// <summary>ADO.NET connection string; a relative Data Source lies in the data directory.</summary>
    [Required, NeedsRestart]
    public string ConnectionString { get; set; } = "Data Source=shorts.db";

    /// <summary>
    /// When the database is checked and tidied: a cron expression in the machine's time zone, in quiet hours. Empty: only by
    /// `job upkeep`.
    /// </summary>
    public string UpkeepSchedule { get; init; } = "0 40 4 * * ?";
}

public enum StorageProvider
{
    Sqlite,
}

/// <summary>Names (searched on PATH) or paths of the external programs.</summary>
public sealed class ToolsOptions
{
    [Required, RelativePath(PathBase.DeclaringFile, BareNames = true)]
    public string FFmpeg { get; init; } = "ffmpeg";

    [Required, RelativePath(PathBase.DeclaringFile, BareNames = true)]
    public string FFprobe { get; init; } = "ffprobe";

    /// <summary>Downloads clips that have no official download.</summary>
    [Required, RelativePath(PathBase.DeclaringFile, BareNames = true)]
    public string YtDlp { get; init; } = "yt-dlp";

    /// <summary>The command line program of whisper.cpp.</summary>
    [Required, RelativePath(PathBase.DeclaringFile, BareNames = true)]
    public string Whisper { get; init; } = "whisper-cli";

    /// <summary>Model that faces are found by: a cascade file of OpenCV. Empty: wherever its data is installed.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string FaceModel { get; init; } = "";
}

public sealed class EncodingOptions
{
    /// <summary>Encoder names in the order to try, for instance h264_nvenc; empty: the platform's own order.</summary>
    public List<string> Prefer { get; init; } = [];

    /// <summary>How many Shorts are encoded at once; 0: one for each two cores, at least two (one on a single core).</summary>
    [Range(0, 64)]
    public int Lanes { get; init; }

    /// <summary><see cref="Lanes"/> with 0 resolved.</summary>
    public int LaneCount =>
        Lanes > 0 ? Lanes : Math.Max(Math.Min(2, Environment.ProcessorCount), Environment.ProcessorCount / 2);

    /// <summary>Threads of one encode that begins while so many others wait; 0: as many as ffmpeg likes.</summary>
    /// <remarks>
    /// Encodes side by side with their share of the cores get a little more out of them than with all. The last ones would
    /// leave cores idle when one ends before the other, so they take what they can.
    /// </remarks>
    public int ThreadsFor(int waiting) => waiting == 0 ? 0 : Math.Max(1, Environment.ProcessorCount / LaneCount);

    /// <summary>
    /// Programs that stream from this machine, separated by ';', without folder or ending. While one of them runs no download,
    /// encode or check is begun; what is under way is finished, and Shorts that are made go out in their slots. Empty: never.
    /// </summary>
    public string PauseWhileRunning { get; init; } = "obs; obs64; Streamlabs OBS; Streamlabs Desktop; XSplit.Core";

    /// <summary><see cref="PauseWhileRunning"/> name by name.</summary>
    public IReadOnlyCollection<string> StreamingPrograms =>
        PauseWhileRunning.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How long an encoder that failed in production is left out, in minutes.</summary>
    [Range(1, 10080)]
    public double DemotionMinutes { get; init; } = 60;

    /// <summary>Longest encode of one Short, in s.</summary>
    [Range(10, 86400)]
    public double TimeLimitSeconds { get; init; } = 1800;

    /// <summary>Longest time an encode may stand still, in s.</summary>
    [Range(5, 3600)]
    public double StallSeconds { get; init; } = 60;
}

/// <summary>Retries of a stage that failed for a reason that may pass.</summary>
public sealed class RetryOptions
{
    /// <summary>Failures of one stage after which the item is given up.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Wait before the first retry in s; doubles each time.</summary>
    [Range(0.1, 86400)]
    public double FirstDelaySeconds { get; init; } = 30;

    /// <summary>Longest wait between two tries in s.</summary>
    [Range(0.1, 604800)]
    public double MaxDelaySeconds { get; init; } = 3600;
}

public sealed class HealthOptions
{
    /// <summary>Free disk space in percent below which health is Degraded.</summary>
    [Range(0, 100)]
    public double DiskWarnPercent { get; init; } = 10;

    /// <summary>Free disk space in MiB below which health is Unhealthy and new work pauses; below a fifth of it running work is stopped.</summary>
    [Range(0, 1e9)]
    public double DiskMinimumMiB { get; init; } = 500;

    /// <summary>Age of the oldest item that could work but does not, in minutes, above which health is Degraded.</summary>
    [Range(1, 100000)]
    public double QueueAgeMinutes { get; init; } = 60;

    /// <summary>When a test Short is made, as a cron expression in this machine's time zone; empty: never.</summary>
    public string CanarySchedule { get; init; } = "0 13/30 * * * ?";

    /// <summary>When every login is looked at, as a cron expression in this machine's time zone; empty: never.</summary>
    public string LoginSchedule { get; init; } = "0 20 5 * * ?";
}

public sealed class LogOptions
{
    /// <summary>Verbose, Debug, Information, Warning, Error. Changeable while the daemon runs.</summary>
    public LogLevelName Level { get; init; } = LogLevelName.Information;

    /// <summary>Size of one log file in MiB before a new one is begun.</summary>
    [Range(1, 10000), NeedsRestart]
    public int FileSizeMiB { get; init; } = 20;

    /// <summary>How many log files are kept.</summary>
    [Range(1, 1000), NeedsRestart]
    public int Files { get; init; } = 14;

    /// <summary>Writes JSON lines instead of text to the file.</summary>
    [NeedsRestart]
    public bool Json { get; init; }
}

public enum LogLevelName
{
    Verbose,
    Debug,
    Information,
    Warning,
    Error,
}
