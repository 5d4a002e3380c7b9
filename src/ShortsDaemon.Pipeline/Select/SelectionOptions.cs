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

    /// <summary>File names, of clips their titles, to take, with * and ?; empty: all.</summary>
    public List<string> Include { get; init; } = [];

    /// <summary>File names, of clips their titles, to leave out, with * and ?.</summary>
    public List<string> Exclude { get; init; } = [];

    /// <summary>Fewest views of a clip; 0: any.</summary>
    [Range(0, 1_000_000_000)]
    public int MinViews { get; init; }

    /// <summary>Languages of the stream to take, for instance en; empty: all.</summary>
    public List<string> Languages { get; init; } = [];

    /// <summary>Names or ids of the only games to take; empty: all.</summary>
    public List<string> Games { get; init; } = [];

    /// <summary>Names or ids of games to leave out.</summary>
    public List<string> BlockedGames { get; init; } = [];

    /// <summary>Names or ids of games that score more.</summary>
    public List<string> TargetGames { get; init; } = [];

    /// <summary>Words and phrases that may not stand in a title.</summary>
    public List<string> BlockedWords { get; init; } = [];

    /// <summary>Display names of viewers whose clips are left out.</summary>
    public List<string> BlockedCreators { get; init; } = [];

    /// <summary>Clips of one stream recording that overlap, or lie at most this many seconds apart, show one moment.</summary>
    [Range(0, 600)]
    public double MomentGapSeconds { get; init; } = 3;

    /// <summary>Where the place in the recording is not known: clips made within this many seconds show one moment.</summary>
    [Range(0, 3600)]
    public double MomentWindowSeconds { get; init; } = 60;

    /// <summary>A rare title that was posted within this many days is not posted again; 0: titles are not compared.</summary>
    [Range(0, 3650)]
    public double TitleDays { get; init; } = 30;

    /// <summary>A recording that shows what a Short of the last so many days has shown is not taken; 0: nothing is compared.</summary>
    [Range(0, 3650)]
    public double DuplicateDays { get; init; }

    /// <summary>Lowest score, 0 to 1. What is below waits, as long as the backlog lets it; once its file is there it is rejected.</summary>
    [Range(0, 1)]
    public double MinScore { get; init; }

    /// <summary>Most items one run starts. Those that turn out bad are replaced by the next ones.</summary>
    [Range(1, 10000)]
    public int MaxPerRun { get; init; } = 50;

    /// <summary>
    /// Most finished Shorts that wait for their slot; with so many a run starts none. Those that wait for a held destination or
    /// for something broken are left out, up to 5 times this number in all.
    /// </summary>
    [Range(1, 10000)]
    public int MaxWaiting { get; init; } = 10;

    /// <summary>Candidates not taken for this long are dropped with a record, in hours.</summary>
    [Range(1, 1e6)]
    public double BacklogHours { get; init; } = 72;

    public ScoreWeights Weights { get; init; } = new();
}
