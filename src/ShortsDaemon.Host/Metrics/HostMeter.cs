using System.Diagnostics.Metrics;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Metrics;

/// <summary>What the daemon counts as it happens. Each is explained in docs/metrics.md.</summary>
internal static class HostMeter
{
    public static Meter Meter { get; } = new("ShortsDaemon");

    private static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "shortsdaemon.runs",
        "{run}",
        "Looks of a channel for new recordings, by channel and outcome"
    );

    private static readonly Counter<long> JobRuns = Meter.CreateCounter<long>(
        "shortsdaemon.job.runs",
        "{run}",
        "Runs of the maintenance jobs, by job and outcome"
    );

    private static readonly Histogram<double> Stages = Meter.CreateHistogram(
        "shortsdaemon.stage.duration",
        "s",
        "Wall time of a stage of an item, by stage and outcome; test Shorts are left out",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800],
        }
    );

    public static void Ran(string channel, RunOutcome outcome) =>
        Runs.Add(1, Tag("channel", channel), Tag("outcome", FlowMeter.Label(outcome)));

    public static void JobRan(JobRun run) =>
        JobRuns.Add(1, Tag("job", run.Job), Tag("outcome", FlowMeter.Label(run.Outcome)));

    /// <summary>Listens to <see cref="FlowEvents"/>.</summary>
    public static void Note(FlowEvent happened)
    {
        if (happened is not FlowEvent.StageEnded ended)
            return;
        // The clock may have been set back meanwhile.
        var seconds = Math.Max(0, ended.Took.TotalSeconds);
        Stages.Record(
            seconds,
            Tag("stage", FlowMeter.Label(ended.Stage)),
            Tag("outcome", FlowMeter.Label(ended.Result))
        );
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}

/// <summary>How a look of a channel ended.</summary>
internal enum RunOutcome
{
    Succeeded,

    /// <summary>It could not look everywhere.</summary>
    Troubled,

    /// <summary>The database could not take it, or worse.</summary>
    Failed,

    /// <summary>It stood still and was interrupted.</summary>
    Hung,

    /// <summary>The daemon was stopped.</summary>
    Stopped,

    /// <summary>The channel was paused; it did not look.</summary>
    Paused,
}
