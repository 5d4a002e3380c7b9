namespace ShortsDaemon.Media.Sketches;

/// <summary>What each picture of a sketch, and the sound while it is shown, is like.</summary>
internal sealed class SketchSigns
{
    // Blocks of 8×8 px: the noise of a camera or an encoder is gone in their means, a moving mouse pointer is not.
    private const int Block = 8;
    private const int PerSide = Sketch.Side / Block;
    private const double StillDifference = 2;

    private const int DarkLevel = 48;
    private const double BrightShare = 0.02;
    private const double SilenceDb = -50;
    private const double LowestDb = -100;

    private SketchSigns(int count) =>
        (Black, Still, Silent, Level, Motion) = (
            new bool[count],
            new bool[count],
            new bool[count],
            new double[count],
            new double[count]
        );

    public int Count => Black.Length;

    public bool[] Black { get; }

    /// <summary>The next picture is the same.</summary>
    public bool[] Still { get; }

    public bool[] Silent { get; }

    /// <summary>Level of the sound in dBFS.</summary>
    public double[] Level { get; }

    /// <summary>Mean difference to the next picture, 0–255.</summary>
    public double[] Motion { get; }

    public static SketchSigns Of(Sketch sketch)
    {
        var signs = new SketchSigns(sketch.Count);
        var blocks = Enumerable.Range(0, sketch.Count).Select(i => Means(sketch.Picture(i))).ToList();
        for (var i = 0; i < sketch.Count; i++)
        {
            // The last one has no next.
            var (here, next) = i + 1 < sketch.Count ? (i, i + 1) : (Math.Max(0, i - 1), i);
            var (mean, most) = Difference(blocks[here], blocks[next]);
            signs.Black[i] = IsBlack(sketch.Picture(i));
            signs.Still[i] = most <= StillDifference;
            signs.Motion[i] = mean;
            signs.Level[i] = LevelOf(sketch.SoundAt(i));
            signs.Silent[i] = sketch.HasSound && signs.Level[i] < SilenceDb;
        }
        return signs;
    }

    private static double[] Means(ReadOnlySpan<byte> picture)
    {
        var means = new double[PerSide * PerSide];
        for (var y = 0; y < Sketch.Side; y++)
        for (var x = 0; x < Sketch.Side; x++)
            means[y / Block * PerSide + x / Block] += picture[y * Sketch.Side + x] / (double)(Block * Block);
        return means;
    }

    private static (double Mean, double Most) Difference(double[] a, double[] b)
    {
        var differences = a.Zip(b, (x, y) => Math.Abs(x - y)).ToList();
        return (differences.Average(), differences.Max());
    }

    private static bool IsBlack(ReadOnlySpan<byte> picture)
    {
        var bright = 0;
        foreach (var light in picture)
            if (light > DarkLevel)
                bright++;
        return bright < BrightShare * picture.Length;
    }

    private static double LevelOf(ReadOnlySpan<short> sound)
    {
        var sum = 0.0;
        foreach (var sample in sound)
            sum += (double)sample * sample;
        return sum > 0 ? 10 * Math.Log10(sum / sound.Length / (32768.0 * 32768.0)) : LowestDb;
    }
}
