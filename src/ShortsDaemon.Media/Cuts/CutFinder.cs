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
        var (from, to) = (0.0, whole);
        if (rules.Edges && DeadEdges.Find(signs) is { } edges)
        {
            var (start, end) = (edges.Start.Seconds, whole - edges.End.Seconds);
            if (end - start >= rules.ShortestSeconds)
            {
                if (start >= ShortestCut)
                    (from, reasons) = (start, [.. reasons, edges.Start.Tell("first")]);
                if (whole - end >= ShortestCut)
                    (to, reasons) = (end, [.. reasons, edges.End.Tell("last")]);
            }
        }
        if (to - from > rules.LongestSeconds + ShortestCut)
        {
            var longest = rules.LongestSeconds;
            from = LiveliestPart.Start(signs, from, to, longest);
            (to, reasons) = (from + longest, [.. reasons, Tell(from, longest)]);
        }
        return reasons.Count == 0
            ? null
            : new Cut(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to), string.Join("; ", reasons))
            {
                EndsEarly = to < whole,
            };
    }

    private static string Tell(double from, double longest) =>
        FormattableString.Invariant(
            $"Of what remains, the liveliest {longest:0.#} s are shown, by sound and motion, from {from:0.0} s on"
        );
}
