namespace ShortsDaemon.Media.Analysis;

/// <summary>What was measured of a sound track.</summary>
/// <param name="Integrated">Integrated loudness in LUFS (EBU R 128); −70 when there is nothing to hear.</param>
/// <param name="TruePeak">Highest true peak in dBTP; −100 when there is none.</param>
/// <param name="SilentSeconds">Sum of the stretches of at least 0.5 s below the silence threshold, in s.</param>
public sealed record Loudness(double Integrated, double TruePeak, double SilentSeconds)
{
    /// <summary>Below this (LUFS) a track counts as silent: raising it would only raise noise.</summary>
    public const double SilenceLufs = -50;

    /// <summary>Where those silent stretches lie.</summary>
    public IReadOnlyList<Stretch> Silences { get; init; } = [];

    /// <summary>Loudness range in LU (EBU Tech 3342): how far the loud passages stand above the quiet ones; 0 when not measured.</summary>
    public double Range { get; init; }

    public static Loudness None { get; } = new(-70, -100, 0);

    public bool IsSilent => Integrated < SilenceLufs;
}
