using System.Text.RegularExpressions;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Insights;

/// <summary>Sums up what was read.</summary>
internal static partial class InsightsSums
{
    private const int Fifth = 5;
    private const int MostEnds = 12;
    private const int LongestReason = 160;

    /// <returns>The items in five groups of about the same size by score, the best first; none when there are too few.</returns>
    public static IReadOnlyList<ScoreFifth> Fifths(IReadOnlyList<ScoredItem> items)
    {
        if (items.Count < Fifth)
            return [];
        var best = items.OrderByDescending(item => item.Score).ToList();
        return
        [
            .. Enumerable
                .Range(0, Fifth)
                .Select(i => best[(i * best.Count / Fifth)..((i + 1) * best.Count / Fifth)])
                .Select(group => new ScoreFifth(
                    group[^1].Score,
                    group[0].Score,
                    group.Count,
                    group.Count(item => item.State == ItemState.Published),
                    group.Count(item => item.State.IsEnd && item.State != ItemState.Published)
                )),
        ];
    }

    public static IReadOnlyList<StageTime> Stages(IReadOnlyList<StageDone> done) =>
        [
            .. done.GroupBy(stage => stage.Stage)
                .OrderBy(stage => stage.Key)
                .Select(stage =>
                {
                    // A clock that was set back in between would make it shorter than nothing.
                    var times = stage.Select(d => Later(d.EndedAt - d.StartedAt)).Order().ToList();
                    return new StageTime(stage.Key, times.Count, Rank(times, 0.5), Rank(times, 0.95));
                }),
        ];

    public static IReadOnlyList<EndReason> Ends(IReadOnlyList<EndedItem> items) =>
        [
            .. items
                .GroupBy(item => (item.State, Reason: Alike(item.Reason)))
                .OrderByDescending(end => end.Count())
                .Take(MostEnds)
                .Select(end => new EndReason(end.Key.State, end.Key.Reason, end.Count(), end.First().Id)),
        ];

    // The same trouble comes with other numbers each time.
    private static string Alike(string? reason)
    {
        var text = Numbers().Replace(reason ?? "no reason is known", "…");
        return text.Length > LongestReason ? text[..LongestReason] + "…" : text;
    }

    private static TimeSpan Later(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private static TimeSpan Rank(List<TimeSpan> sorted, double share) =>
        sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];

    [GeneratedRegex(@"-?\d+([.,:]\d+)*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}

/// <summary>An item that has been scored.</summary>
internal sealed record ScoredItem(double Score, ItemState State);

/// <summary>A stage that was done.</summary>
internal sealed record StageDone(ItemState Stage, DateTimeOffset StartedAt, DateTimeOffset EndedAt);

/// <summary>An item that ended without a Short.</summary>
internal sealed record EndedItem(ItemId Id, ItemState State, string? Reason);
