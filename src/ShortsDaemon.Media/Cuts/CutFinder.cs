using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Cuts;

/// <summary>Finds the part of a recording that is worth showing.</summary>
public static class CutFinder
{
    // Below this nobody notices.
    private const double ShortestCut = 0.25;

    /// <param name="sketch">Of the whole recording.</param>
    /// <param name="length">Of the recording.</param>
    /// <param name="rules">What may be left out.</param>
    /// <returns>Null: all of it.</returns>
    public static Cut? Find(Sketch sketch, TimeSpan length, CutRules rules)
    {
        var signs = SketchSigns.Of(sketch);
        var whole = length.TotalSeconds;
        var reasons = new List<string>();
        var (from, to) = rules.Edges ? WithoutEdges(signs, whole, rules.ShortestSeconds, reasons) : (0, whole);
        if (to - from > rules.LongestSeconds + ShortestCut)
        {
            from = LiveliestPart.Start(signs, from, to, rules.LongestSeconds);
            to = from + rules.LongestSeconds;
            reasons.Add(Tell(from, rules.LongestSeconds));
        }
        return reasons.Count == 0
            ? null
            : new Cut(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to), string.Join("; ", reasons))
            {
                EndsEarly = to < whole,
            };
    }

    private static (double From, double To) WithoutEdges(
        SketchSigns signs,
        double whole,
        double shortest,
        List<string> reasons
    )
    {
        if (DeadEdges.Find(signs) is not { } edges)
            return (0, whole);
        var (start, end, from, to) = (edges.Start, edges.End, 0.0, whole);
        if (start.Seconds >= ShortestCut)
        {
            from = start.Seconds;
            reasons.Add(start.Tell("first"));
        }
        if (end.Seconds >= ShortestCut)
        {
            to = whole - end.Seconds;
            reasons.Add(end.Tell("last"));
        }
        if (to - from >= shortest)
            return (from, to);
        reasons.Clear();
        return (0, whole);
    }

    private static string Tell(double from, double longest) =>
        FormattableString.Invariant(
            $"Of what remains, the liveliest {longest:0.#} s are shown, by sound and motion, from {from:0.0} s on"
        );
}
