using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Render;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Sources;

namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>One channel: where clips come from, which are taken, how they look, where they go.</summary>
public sealed class ChannelOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>IANA name of the zone of the schedule, for instance Europe/Berlin.</summary>
    [Required]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>When Discover and Select run. Each entry is a cron expression or an object with Cron and Misfire.</summary>
    public List<ScheduleOptions> Schedule { get; init; } = [];

    public List<SourceOptions> Sources { get; init; } = [];
    public SelectionOptions Selection { get; init; } = new();
    public RenderOptions Render { get; init; } = new();

    /// <summary>A person looks at each Short before it is published.</summary>
    public bool Review { get; init; }

    public List<DestinationOptions> Destinations { get; init; } = [];
}

[ShortForm(nameof(Cron))]
public sealed class ScheduleOptions
{
    /// <summary>Quartz cron expression with seconds: second minute hour day month weekday [year].</summary>
    [Required]
    public string Cron { get; init; } = "";

    /// <summary>What happens with a fire time that passed while the daemon was down or busy.</summary>
    public MisfireRule Misfire { get; init; } = MisfireRule.RunOnce;
}

public enum MisfireRule
{
    /// <summary>Run once as soon as possible, however many were missed.</summary>
    RunOnce,

    /// <summary>Wait for the next regular time.</summary>
    Skip,
}
