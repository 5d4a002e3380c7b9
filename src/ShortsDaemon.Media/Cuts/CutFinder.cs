using ShortsDaemon.Media.Analysis;
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
        var (from, to) = rules.Edges ? WithoutEdges(signs, whole, rules, reasons) : (0, whole);
        if (to - from > rules.LongestSeconds + ShortestCut)
        {
            from = LiveliestPart.Start(signs, from, to, rules.LongestSeconds);
            to = from + rules.LongestSeconds;
            reasons.Add(Tell(from, rules.LongestSeconds));
            // A part may become a little shorter for its words, never longer.
            from = Math.Min(to, Within(rules.Words, from)?.End ?? from);
            to = Math.Max(from, Within(rules.Words, to)?.Start ?? to);
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
        CutRules rules,
        List<string> reasons
    )
    {
        if (DeadEdges.Find(signs) is not { } edges)
            return (0, whole);
        var from = Before(rules.Words, edges.Start.Seconds);
        var to = After(rules.Words, whole - edges.End.Seconds, whole);
        if (to - from < rules.ShortestSeconds)
            return (0, whole);
        if (from >= ShortestCut)
            reasons.Add((edges.Start with { Seconds = from }).Tell("first"));
        if (whole - to >= ShortestCut)
            reasons.Add((edges.End with { Seconds = whole - to }).Tell("last"));
        return (from >= ShortestCut ? from : 0, whole - to >= ShortestCut ? to : whole);
    }

    // All words before it are kept: what is said over a black picture is heard.
    private static double Before(IReadOnlyList<Stretch> words, double from) =>
        words.Where(w => w.Start < from).Select(w => w.Start).Append(from).Min();

    private static double After(IReadOnlyList<Stretch> words, double to, double whole) =>
        Math.Min(whole, words.Where(w => w.End > to).Select(w => w.End).Append(to).Max());

    private static Stretch? Within(IReadOnlyList<Stretch> words, double at) =>
        words.Where(w => w.Start < at && at < w.End).Select(w => (Stretch?)w).FirstOrDefault();

    private static string Tell(double from, double longest) =>
        FormattableString.Invariant(
            $"Of what remains, the liveliest {longest:0.#} s are shown, by sound and motion, from {from:0.0} s on"
        );
}
