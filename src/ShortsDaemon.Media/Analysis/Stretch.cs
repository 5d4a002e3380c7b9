namespace ShortsDaemon.Media.Analysis;

/// <summary>A part of a file during which something holds: black, frozen, silent.</summary>
/// <param name="Start">s from the beginning.</param>
/// <param name="End">s from the beginning.</param>
public readonly record struct Stretch(double Start, double End)
{
    /// <summary>s.</summary>
    public double Seconds => End - Start;
}
