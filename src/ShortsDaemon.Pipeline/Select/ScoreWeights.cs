using System.ComponentModel.DataAnnotations;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>How much each feature (0 to 1) counts in the score. What is not known of an item does not count for it.</summary>
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

    /// <summary>How far the loud passages of a clip stand above the quiet ones: 1 from 12 LU on. Known once its file is there.</summary>
    [Range(0, 100)]
    public double SoundEnergy { get; init; } = 0.5;

    /// <summary>Views of the clip, logarithmic: 1 from 10,000 on.</summary>
    [Range(0, 100)]
    public double Views { get; init; } = 1;

    /// <summary>Views per hour since it was made, logarithmic: 1 from 1,000 on.</summary>
    [Range(0, 100)]
    public double ViewsPerHour { get; init; } = 2;

    /// <summary>How well the title reads: length, letters, no shouting, no commands or addresses.</summary>
    [Range(0, 100)]
    public double TitleQuality { get; init; } = 0.5;

    /// <summary>1 when the game is one of TargetGames.</summary>
    [Range(0, 100)]
    public double TargetGame { get; init; } = 1;

    /// <summary>How many of our broadcasters had clips of the game lately: 1 from five on.</summary>
    [Range(0, 100)]
    public double GameTrend { get; init; } = 0.5;

    /// <summary>How many viewers clipped the same moment, logarithmic: 1 from eight on.</summary>
    [Range(0, 100)]
    public double ClippedBy { get; init; } = 1.5;
}
