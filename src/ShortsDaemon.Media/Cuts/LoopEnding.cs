using ShortsDaemon.Media.Analysis;

namespace ShortsDaemon.Media.Cuts;

/// <summary>An end that crosses softly into the beginning, so that a Short repeats without a jump.</summary>
public static class LoopEnding
{
    /// <summary>How long beginning and end are seen and heard at once; the Short becomes so much shorter.</summary>
    public static TimeSpan Crossing { get; } = TimeSpan.FromSeconds(0.4);

    /// <param name="from">Where what is shown begins in the recording.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="rules">How short it may become, and what is said.</param>
    /// <returns>Why it cannot be done, in words; null: it can.</returns>
    public static string? Obstacle(TimeSpan from, TimeSpan to, CutRules rules)
    {
        if ((to - from - Crossing).TotalSeconds < rules.ShortestSeconds)
            return "it would become too short";
        var isSpoken = Meets(rules.Words, from) || Meets(rules.Words, to - Crossing);
        return isSpoken ? "somebody speaks where the end would cross into the beginning" : null;
    }

    private static bool Meets(IReadOnlyList<Stretch> words, TimeSpan start) =>
        words.Any(w => w.Start < (start + Crossing).TotalSeconds && w.End > start.TotalSeconds);
}
