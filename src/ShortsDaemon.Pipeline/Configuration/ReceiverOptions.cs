using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>Who is told of alerts. The section's Type picks the plug-in and its own options class.</summary>
public abstract class ReceiverOptions
{
    /// <summary>The plug-in's name, for instance Telegram.</summary>
    public string Type { get; init; } = "";

    /// <summary>What messages and the history call it; needed for two receivers of one type. Default: the type.</summary>
    public string? Name { get; init; }

    /// <summary>Off: it is told nothing.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The least important alerts it is told of.</summary>
    public AlertLevel MinLevel { get; init; } = AlertLevel.Warning;

    /// <summary>Rules it is told of, for instance DiskLow; empty: all.</summary>
    public List<string> Rules { get; init; } = [];

    /// <summary>When only critical alerts are told; the others wait.</summary>
    public QuietHoursOptions QuietHours { get; init; } = new();

    /// <summary>Most messages in an hour; what is beyond that goes together into a later one.</summary>
    [Range(1, 3600)]
    public int MaxPerHour { get; init; } = 20;

    public string NameOrType => Name ?? Type;

    /// <returns>Whether it wants to hear of this.</returns>
    public bool Wants(string rule, AlertLevel level) =>
        level >= MinLevel && (Rules.Count == 0 || Rules.Contains(rule, StringComparer.OrdinalIgnoreCase));

    /// <summary>What is wrong with the plug-in's own keys, which are named without the section in front.</summary>
    public virtual IEnumerable<ConfigurationProblem> Problems() => [];

    /// <summary>Files that hold its secrets.</summary>
    public virtual IEnumerable<string> SecretFiles => [];
}

/// <summary>A stretch of each day, by the clock on the wall.</summary>
public sealed class QuietHoursOptions
{
    /// <summary>From and to, for instance 22:00-07:00; past midnight when it ends before it begins; empty: none.</summary>
    public string Hours { get; init; } = "";

    /// <summary>IANA name of the zone, for instance Europe/Berlin.</summary>
    [Required]
    public string TimeZone { get; init; } = "UTC";

    public bool Hold(DateTimeOffset now)
    {
        if (DayWindow.Hours(Hours) is not { } hours)
            return false;
        var every = new DayWindow(hours.From, hours.To, DayWindow.Weekdays("")!);
        return every.Holds(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);
    }
}

/// <summary>A watcher elsewhere that raises the alarm when nothing is heard from this box (healthchecks.io and its like).</summary>
public sealed class HealthPingOptions
{
    /// <summary>Address of the check that is pinged as long as the daemon is well, and told at /fail when it is not; empty: none.</summary>
    public string Url { get; init; } = "";

    /// <summary>File with that address, which is a secret; instead of Url.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string UrlFile { get; init; } = "";

    /// <summary>Time between two pings, in minutes.</summary>
    [Range(1, 1440)]
    public double EveryMinutes { get; init; } = 5;

    /// <summary>
    /// Address of a project, ping key included, below which each maintenance job and channel has a check of its own that is
    /// told of start, success and failure: job-backup, channel-main. They are made when they are first pinged. Empty: none.
    /// </summary>
    public string ProjectUrl { get; init; } = "";

    /// <summary>File with that address; instead of ProjectUrl.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string ProjectUrlFile { get; init; } = "";
}
