using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>What a platform tells of a clip, as numbers.</summary>
internal static class ClipFeatures
{
    private const double ManyViews = 10_000;
    private const double ManyViewsPerHour = 1_000;
    private const double ManyViewers = 8;
    private const double ManyBroadcasters = 5;

    // The first views of a new clip come from whoever made it: a rate over minutes would tell nothing.
    private const double ShortestHours = 1;

    public static IEnumerable<Feature> Of(
        string title,
        ClipOrigin clip,
        double age,
        SelectionOptions options,
        GameTrend trend
    )
    {
        var weights = options.Weights;
        var rate = clip.Views / Math.Max(ShortestHours, age);
        var quality = TitleQuality.Of(title);
        yield return new Feature("Views", clip.Views, "views", Share(clip.Views, ManyViews), weights.Views);
        yield return new Feature("ViewsPerHour", rate, "views/h", Share(rate, ManyViewsPerHour), weights.ViewsPerHour);
        yield return new Feature("TitleQuality", 100 * quality, "%", quality, weights.TitleQuality);
        if (options.TargetGames.Count > 0)
        {
            var hit = GameNames.Has(options.TargetGames, clip) ? 1 : 0;
            yield return new Feature("TargetGame", hit, "yes/no", hit, weights.TargetGame);
        }
        if (trend.BroadcastersOf(clip) is { } broadcasters)
        {
            var points = Math.Clamp((broadcasters - 1) / (ManyBroadcasters - 1), 0, 1);
            yield return new Feature("GameTrend", broadcasters, "broadcasters", points, weights.GameTrend);
        }
    }

    public static Feature ClippedBy(int viewers, ScoreWeights weights) =>
        new(
            "ClippedBy",
            viewers,
            viewers == 1 ? "viewer" : "viewers",
            Math.Min(1, Math.Log2(viewers) / Math.Log2(ManyViewers)),
            weights.ClippedBy
        );

    // The tenth view tells as much as the thousandth ten.
    private static double Share(double value, double many) => Math.Min(1, Math.Log(1 + value) / Math.Log(1 + many));
}
