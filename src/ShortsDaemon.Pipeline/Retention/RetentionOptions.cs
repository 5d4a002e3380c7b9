using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>What is cleared away, and when. Of files only those the daemon made; never what is unpublished or in use.</summary>
public sealed class RetentionOptions
{
    /// <summary>When: a cron expression in the machine's time zone. Empty: only by `prune`.</summary>
    public string Schedule { get; init; } = "0 20 4 * * ?";

    /// <summary>How long the story of an ended item is kept (attempts, decisions, renditions) and its thumbnail for the control room, and runs, job runs and resolved alerts, in days.</summary>
    [Range(1, 36500)]
    public int HistoryDays { get; init; } = 180;

    /// <summary>How long an item is known that ended unpublished and that no source can bring again, in days.</summary>
    [Range(60, 36500)]
    public int ItemDays { get; init; } = 400;

    /// <summary>Limits of the Shorts in each destination folder.</summary>
    public KeepOptions Outbox { get; init; } = new();

    /// <summary>Limits of the originals in each MoveDoneTo folder.</summary>
    public KeepOptions Archive { get; init; } = new();

    /// <summary>Files into which the service manager writes the output of the service (opened for appending).</summary>
    [RelativePath(PathBase.DataDirectory)]
    public List<string> ServiceOutput { get; init; } = [];

    /// <summary>Size in MiB from which such a file is cut to its last MiB.</summary>
    [Range(2, 10000)]
    public int ServiceOutputMiB { get; init; } = 20;
}

/// <summary>What goes first is the oldest. 0: no limit.</summary>
public sealed class KeepOptions
{
    /// <summary>Longest age in days.</summary>
    [Range(0, 36500)]
    public int Days { get; init; }

    /// <summary>Most of them.</summary>
    [Range(0, 1_000_000)]
    public int Count { get; init; }

    /// <summary>Most they may take together, in MiB.</summary>
    [Range(0, 1e9)]
    public double MiB { get; init; }

    internal bool IsLimited => Days > 0 || Count > 0 || MiB > 0;
}
