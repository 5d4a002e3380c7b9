using System.Globalization;

namespace ShortsDaemon.Media.Probing;

/// <summary>Frames per second as an exact fraction, for instance 30000/1001.</summary>
public readonly record struct FrameRate(int Numerator, int Denominator)
{
    public double PerSecond => Denominator == 0 ? 0 : (double)Numerator / Denominator;

    /// <summary>ffmpeg's own notation: "30" or "30000/1001".</summary>
    public override string ToString() =>
        Denominator == 1
            ? Numerator.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
