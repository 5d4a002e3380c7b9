using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>How much an item is wanted: the weighted mean of its features, 0 to 1.</summary>
/// <param name="Features">Every number that went into it. What is not known of the item is not among them.</param>
public sealed record Score(IReadOnlyList<Feature> Features)
{
    // Speech that somebody reads has about 4 LU, a film 15.
    private const double LivelyRange = 12;

    public double Value
    {
        get
        {
            var weight = Features.Sum(f => f.Weight);
            return weight > 0 ? Features.Sum(f => f.Points * f.Weight) / weight : 0;
        }
    }

    public static Score Of(
        Item item,
        ClipFacts facts,
        SelectionOptions options,
        DateTimeOffset now,
        GameTrend? trend = null
    )
    {
        var age = Math.Max(0, (now - item.RecordedAt).TotalHours);
        var clip = item.Origin is { } origin
            ? ClipFeatures.Of(item.Title, origin, age, options, trend ?? GameTrend.None)
            : [];
        return new Score([.. OfRecording(facts, age, options), .. clip]);
    }

    /// <summary>The same score once more, for a clip that so many viewers have made of the moment.</summary>
    public Score ClippedBy(int viewers, ScoreWeights weights) =>
        new([.. Features, ClipFeatures.ClippedBy(viewers, weights)]);

    /// <summary>The same score once more, now that the file is there.</summary>
    public Score WithFile(ClipFacts facts, ScoreWeights weights)
    {
        var seen = OfFile(facts, weights).ToList();
        return new([.. Features.ExceptBy(seen.Select(f => f.Name), f => f.Name), .. seen]);
    }

    private static IEnumerable<Feature> OfRecording(ClipFacts facts, double age, SelectionOptions options)
    {
        var (length, weights) = (facts.LengthSeconds, options.Weights);
        yield return new Feature("Freshness", age, "h", Fade(age / options.BacklogHours), weights.Freshness);
        yield return new Feature("LengthFit", length, "s", Fit(length, options), weights.LengthFit);
        foreach (var feature in OfFile(facts, weights))
            yield return feature;
    }

    /// <summary>What only a look into the file tells.</summary>
    private static IEnumerable<Feature> OfFile(ClipFacts facts, ScoreWeights weights)
    {
        if (!facts.IsPictureKnown)
            yield break;
        yield return new Feature(
            "Resolution",
            facts.Height,
            "px",
            Math.Min(1, facts.Height / 1080.0),
            weights.Resolution
        );
        var sound = facts.HasSound ? 1 : 0;
        yield return new Feature("HasSound", sound, "yes/no", sound, weights.HasSound);
        if (facts.LoudnessRange is { } range)
            yield return new Feature(
                "SoundEnergy",
                range,
                "LU",
                Math.Clamp(range / LivelyRange, 0, 1),
                weights.SoundEnergy
            );
    }

    private static double Fade(double share) => Math.Clamp(1 - share, 0, 1);

    // Half or double the ideal length costs the same.
    private static double Fit(double length, SelectionOptions options) =>
        length > 0 ? Fade(Math.Abs(Math.Log2(length / options.IdealLengthSeconds)) / 4) : 0;
}
