using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Analysis;

/// <summary>All that the gate knows of the very file that ships, measured after it was written.</summary>
/// <param name="Info">Probed streams.</param>
/// <param name="Loudness">Of the encoded sound, after AAC.</param>
/// <param name="BlackSeconds">Sum of black stretches in s.</param>
/// <param name="FrozenSeconds">Sum of stretches in which the picture stands still, in s.</param>
/// <param name="IsFastStart">The index stands before the data.</param>
/// <param name="DecodeErrors">What the decoder complained about; empty for a sound file.</param>
public sealed record FinishedFile(
    MediaInfo Info,
    Loudness Loudness,
    double BlackSeconds,
    double FrozenSeconds,
    bool IsFastStart,
    IReadOnlyList<string> DecodeErrors
)
{
    public TimeSpan Length => Info.Duration;

    /// <summary>Black stretches of at least 0.3 s.</summary>
    public IReadOnlyList<Stretch> Blacks { get; init; } = [];

    /// <summary>Stretches of at least 1 s in which the picture stands still.</summary>
    public IReadOnlyList<Stretch> Freezes { get; init; } = [];

    /// <summary>How its pictures look; null when none could be seen.</summary>
    public PictureLook? Look { get; init; }
}
