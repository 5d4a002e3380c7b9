using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>How much an item is wanted: the weighted mean of its features, 0 to 1.</summary>
/// <param name="Features">Every number that went into it.</param>
public sealed record Score(IReadOnlyList<Feature> Features)
{
    public double Value
    {
        get
        {
            var weight = Features.Sum(f => f.Weight);
            return weight > 0 ? Features.Sum(f => f.Points * f.Weight) / weight : 0;
        }
    }

    public static Score Of(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now)
    {
        var age = Math.Max(0, (now - item.RecordedAt).TotalHours);
        var weights = options.Weights;
        return new Score([
            new Feature("Freshness", age, "h", Fade(age / options.BacklogHours), weights.Freshness),
            new Feature("LengthFit", facts.LengthSeconds, "s", Fit(facts.LengthSeconds, options), weights.LengthFit),
            new Feature("Resolution", facts.Height, "px", Math.Min(1, facts.Height / 1080.0), weights.Resolution),
            new Feature("HasSound", facts.HasSound ? 1 : 0, "yes/no", facts.HasSound ? 1 : 0, weights.HasSound),
        ]);
    }

    private static double Fade(double share) => Math.Clamp(1 - share, 0, 1);

    // Half or double the ideal length costs the same.
    private static double Fit(double length, SelectionOptions options) =>
        length > 0 ? Fade(Math.Abs(Math.Log2(length / options.IdealLengthSeconds)) / 4) : 0;
}
