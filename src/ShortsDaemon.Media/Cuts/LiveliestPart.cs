using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Cuts;

/// <summary>Finds the part of a given length in which most happens: loud against the rest, and moving.</summary>
internal static class LiveliestPart
{
    private const double Usual = 0.5;
    private const double Top = 0.95;

    /// <param name="signs">Of the whole recording.</param>
    /// <param name="from">s; where it may begin.</param>
    /// <param name="to">s; where it has to end.</param>
    /// <param name="seconds">Its length.</param>
    /// <returns>Where it begins, in s; the earliest of several.</returns>
    public static double Start(SketchSigns signs, double from, double to, double seconds)
    {
        var (first, last) = ((int)Math.Ceiling(from * Sketch.Rate), (int)(to * Sketch.Rate));
        var width = (int)(seconds * Sketch.Rate);
        last = Math.Min(last, signs.Count);
        if (last - first <= width)
            return from;
        var life = Scaled(signs.Level).Zip(Scaled(signs.Motion), (loud, moving) => loud + moving).ToArray();
        var sum = life[first..(first + width)].Sum();
        var (best, most) = (first, sum);
        for (var start = first + 1; start + width <= last; start++)
        {
            sum += life[start + width - 1] - life[start - 1];
            // Rounding must not move it.
            if (sum > most + 1e-6)
                (best, most) = (start, sum);
        }
        return (double)best / Sketch.Rate;
    }

    /// <summary>0 at what is usual in this recording, 1 at the top of it.</summary>
    private static double[] Scaled(double[] values)
    {
        double[] ordered = [.. values.Order()];
        var (usual, top) = (At(ordered, Usual), At(ordered, Top));
        return top > usual
            ? [.. values.Select(v => Math.Clamp((v - usual) / (top - usual), 0, 1))]
            : new double[values.Length];
    }

    private static double At(double[] ordered, double share) => ordered[(int)(share * (ordered.Length - 1))];
}
