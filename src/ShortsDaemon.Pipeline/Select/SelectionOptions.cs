using System.ComponentModel.DataAnnotations;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>Which candidates may become Shorts, and in which order.</summary>
public sealed class SelectionOptions
{
    /// <summary>Shortest source in s.</summary>
    [Range(0, 180)]
    public double MinLengthSeconds { get; init; } = 3;

    /// <summary>Longest source in s. A Short ends at 180 s.</summary>
    [Range(1, 180)]
    public double MaxLengthSeconds { get; init; } = 180;

    /// <summary>Length in s that scores best.</summary>
    [Range(1, 180)]
    public double IdealLengthSeconds { get; init; } = 30;

    /// <summary>Oldest recording in hours; 0: any age.</summary>
    [Range(0, 1e6)]
    public double MaxAgeHours { get; init; }

    /// <summary>Largest file in MiB.</summary>
    [Range(1, 1e7)]
    public double MaxSizeMiB { get; init; } = 20480;

    /// <summary>Smallest picture height in px, after rotation.</summary>
    [Range(1, 8192)]
    public int MinHeight { get; init; } = 64;

    /// <summary>File names to take, with * and ?; empty: all.</summary>
    public List<string> Include { get; init; } = [];

    /// <summary>File names to leave out, with * and ?.</summary>
    public List<string> Exclude { get; init; } = [];

    /// <summary>Most items one run starts.</summary>
    [Range(1, 10000)]
    public int MaxPerRun { get; init; } = 50;

    /// <summary>Candidates not taken for this long are dropped with a record, in hours.</summary>
    [Range(1, 1e6)]
    public double BacklogHours { get; init; } = 72;

    public ScoreWeights Weights { get; init; } = new();
}

/// <summary>How much each feature (0 to 1) counts in the score.</summary>
public sealed class ScoreWeights
{
    /// <summary>Newness: 1 now, 0 at the end of the backlog time.</summary>
    [Range(0, 100)]
    public double Freshness { get; init; } = 1;

    /// <summary>Closeness of the length to IdealLengthSeconds.</summary>
    [Range(0, 100)]
    public double LengthFit { get; init; } = 1;

    /// <summary>Picture height, 1 from 1080 px on.</summary>
    [Range(0, 100)]
    public double Resolution { get; init; } = 0.5;

    /// <summary>1 when the recording has sound.</summary>
    [Range(0, 100)]
    public double HasSound { get; init; } = 0.5;
}
