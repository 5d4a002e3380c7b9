namespace ShortsDaemon.Pipeline.Gate;

/// <summary>How long a Short may last.</summary>
public static class ShortLength
{
    /// <summary>s.</summary>
    public const double Shortest = 3;

    /// <summary>s; the platforms' own limit.</summary>
    public const double Longest = 180;

    // Lengths are whole frames: a clip of exactly 3 s may come out one frame short.
    private const double Tolerance = 0.05;

    public static bool Allows(double seconds) => seconds is >= Shortest - Tolerance and <= Longest + Tolerance;
}
