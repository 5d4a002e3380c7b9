using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>Where in time known pictures lie on new ones.</summary>
/// <param name="Start">The new picture at which the known ones begin; below 0: the new recording begins later.</param>
/// <param name="Speed">How much faster the new one runs.</param>
internal readonly record struct Timing(int Start, double Speed)
{
    /// <summary>New pictures from one known picture to the next.</summary>
    public double Step => (double)Sketch.Rate / Fingerprint.PicturesPerSecond / Speed;

    /// <summary>The new picture that is shown together with a known one.</summary>
    public int NewAt(int known) => (int)Math.Round(Start + known * Step);

    /// <summary>The known pictures beside which there is a new one.</summary>
    /// <param name="known">How many known ones there are.</param>
    /// <param name="fresh">How many new ones.</param>
    public (int First, int End) Common(int known, int fresh)
    {
        var end = Math.Min(known, (int)Math.Floor((fresh - 0.5 - Start) / Step) + 1);
        while (end > 0 && NewAt(end - 1) >= fresh)
            end--;
        return (Math.Max(0, (int)Math.Ceiling(-Start / Step)), end);
    }
}
