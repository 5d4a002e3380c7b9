using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>A part of a picture, in shares of its width and height.</summary>
internal readonly record struct Part(double X, double Y, double Width, double Height)
{
    private const int DarkLevel = 40;
    private const double SmallestArea = 0.25;

    public static Part Whole { get; } = new(0, 0, 1, 1);

    /// <summary>The part of this part.</summary>
    public Part Of(Part inner, bool mirrored) =>
        new(
            X + (mirrored ? 1 - inner.X - inner.Width : inner.X) * Width,
            Y + inner.Y * Height,
            inner.Width * Width,
            inner.Height * Height
        );

    /// <summary>What is not black all the time.</summary>
    public static Part Lit(Sketch sketch)
    {
        var brightest = new byte[Sketch.Side * Sketch.Side];
        for (var i = 0; i < sketch.Count; i += Sketch.Rate)
        {
            var picture = sketch.Picture(i);
            for (var p = 0; p < brightest.Length; p++)
                brightest[p] = Math.Max(brightest[p], picture[p]);
        }
        var lit = Enumerable.Range(0, brightest.Length).Where(p => brightest[p] > DarkLevel).ToList();
        if (lit.Count == 0)
            return Whole;
        const double Side = Sketch.Side;
        var (left, right) = (lit.Min(p => p % Sketch.Side) / Side, (lit.Max(p => p % Sketch.Side) + 1) / Side);
        var (top, bottom) = (lit[0] / Sketch.Side / Side, (lit[^1] / Sketch.Side + 1) / Side);
        var part = new Part(left, top, right - left, bottom - top);
        return part.Width * part.Height < SmallestArea ? Whole : part;
    }
}
