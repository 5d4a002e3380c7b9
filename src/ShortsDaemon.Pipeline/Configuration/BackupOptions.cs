using System.ComponentModel.DataAnnotations;

namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>Copies of the database, and of the credentials behind a passphrase.</summary>
public sealed class BackupOptions
{
    /// <summary>Folder of the backups; should lie on another disk than the data. Outside of the data directory it has to exist.</summary>
    [Required, RelativePath(PathBase.DataDirectory)]
    public string Directory { get; init; } = "backups";

    /// <summary>Cron expression in the machine's time zone; empty: only by hand.</summary>
    public string Schedule { get; init; } = "0 10 4 * * ?";

    /// <summary>Of so many of the latest days that have backups the newest is kept.</summary>
    [Range(1, 1000)]
    public int KeepDaily { get; init; } = 7;

    /// <summary>The same for weeks.</summary>
    [Range(0, 1000)]
    public int KeepWeekly { get; init; } = 4;

    /// <summary>The same for months.</summary>
    [Range(0, 1000)]
    public int KeepMonthly { get; init; } = 6;

    /// <summary>File with the passphrase behind which credentials are kept in backups; empty: they are left out.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string PassphraseFile { get; init; } = "";

    /// <summary>How long after a restore the uploads of a channel are read back, in minutes: a platform's list lags behind.</summary>
    [Range(0, 1440)]
    public double ReadBackAfterMinutes { get; init; } = 30;
}
