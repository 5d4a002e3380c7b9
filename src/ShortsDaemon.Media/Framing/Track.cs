namespace ShortsDaemon.Media.Framing;

/// <summary>Places over time, known now and then.</summary>
internal static class Track
{
    private const double Middle = 0.5;

    /// <returns>Each place replaced by the median of it and its neighbours.</returns>
    public static IReadOnlyList<(double Time, double Place)> Median(
        IReadOnlyList<(double Time, double Place)> points,
        int of
    ) => [.. points.Select((point, i) => (point.Time, MedianAround(points, i, of / 2)))];

    /// <returns>The place at a time, in between interpolated, beyond the ends held; the middle when none is known.</returns>
    public static double At(IReadOnlyList<(double Time, double Place)> points, double time)
    {
        if (points.Count == 0)
            return Middle;
        var next = FirstAfter(points, time);
        if (next == 0 || next == points.Count)
            return points[Math.Min(next, points.Count - 1)].Place;
        var (from, to) = (points[next - 1], points[next]);
        return from.Place + (to.Place - from.Place) * (time - from.Time) / (to.Time - from.Time);
    }

    // Fewer neighbours near the ends, as many on each side.
    private static double MedianAround(IReadOnlyList<(double Time, double Place)> points, int index, int reach)
    {
        var near = Math.Min(reach, Math.Min(index, points.Count - 1 - index));
        double[] places = [.. points.Skip(index - near).Take(2 * near + 1).Select(p => p.Place).Order()];
        return places[near];
    }

    private static int FirstAfter(IReadOnlyList<(double Time, double Place)> points, double time)
    {
        var (low, high) = (0, points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (points[middle].Time > time)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
