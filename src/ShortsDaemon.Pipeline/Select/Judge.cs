using ShortsDaemon.Pipeline.Select.Rules;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>Decides over the candidates of a channel. Pure: no database, no clock, so that history can be replayed.</summary>
public static class Judge
{
    /// <param name="candidates">All candidates of the channel.</param>
    /// <param name="options">Rules and weights.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="known">What else has to be known; null: nothing.</param>
    /// <returns>One decision for each candidate, the selected ones first, best first.</returns>
    public static IReadOnlyList<Judgement> Decide(
        IEnumerable<Item> candidates,
        SelectionOptions options,
        DateTimeOffset now,
        Known? known = null
    )
    {
        known ??= Known.Nothing;
        var items = candidates.ToList();
        var repeats = new Repeats(items, known, options);
        var judged = items.Select(item => First(item, options, now, known, repeats)).ToList();
        var moments = Moments.Of(BestFirst(judged.Where(j => j.Verdict == Verdict.Selected)), options);
        var room = Room.OfRun(options.MaxPerRun).And(known.Room);
        var best = BestFirst(moments.Select(m => Boosted(m, options)))
            .Select((j, rank) => Rank(j, rank, room, options))
            .ToList();
        var standing = best.ToDictionary(j => j.Item);
        var others = moments.SelectMany(m => m.Others.Select(j => Behind(j, standing[m.Best.Item])));
        return [.. best, .. others, .. judged.Where(j => j.Verdict != Verdict.Selected)];
    }

    private static Judgement First(
        Item item,
        SelectionOptions options,
        DateTimeOffset now,
        Known known,
        Repeats repeats
    )
    {
        var nothing = new Score([]);
        if (item.IsRefused)
            return new Judgement(item, Verdict.Rejected, "Readable", item.Trouble!, nothing);
        if (repeats.PostedBefore(item) is { } posted)
            return new Judgement(item, Verdict.Rejected, "PostedBefore", posted, nothing);
        if ((now - item.DiscoveredAt).TotalHours > options.BacklogHours)
            return new Judgement(item, Verdict.Expired, "Backlog", Expiry(options), nothing);
        if (item.Facts is not { } facts)
            return new Judgement(item, Verdict.Deferred, "Readable", $"it cannot be read now: {item.Trouble}", nothing);
        var score = Score.Of(item, facts, options, now, known.Trend);
        foreach (var rule in SelectionRules.All)
        {
            if (rule.Refuse(item, facts, options, now) is { } reason)
                return new Judgement(item, rule.Verdict, rule.Name, reason, score);
        }
        var fit = new Judgement(item, Verdict.Selected, "Score", "", score);
        return repeats.Of(fit) ?? fit;
    }

    private static IEnumerable<Judgement> BestFirst(IEnumerable<Judgement> judged) =>
        judged
            .OrderByDescending(j => j.Score.Value)
            .ThenBy(j => j.Item.Id.Value)
            .ThenBy(j => j.Item.ExternalId, StringComparer.Ordinal);

    private static Judgement Boosted(Moment moment, SelectionOptions options) =>
        moment.Best.Item.Origin is null
            ? moment.Best
            : moment.Best with
            {
                Score = moment.Best.Score.ClippedBy(moment.Viewers, options.Weights),
            };

    private static Judgement Rank(Judgement judgement, int rank, Room room, SelectionOptions options)
    {
        if (judgement.Score.Value < options.MinScore)
            return judgement with
            {
                Verdict = Verdict.Deferred,
                Rule = nameof(SelectionOptions.MinScore),
                Reason = SecondLook.TooLow(judgement.Score, options),
            };
        return rank < room.Items
            ? judgement with
            {
                Reason = FormattableString.Invariant($"number {rank + 1} with a score of {judgement.Score.Value:0.00}"),
            }
            : judgement with
            {
                Verdict = Verdict.Deferred,
                Rule = room.Rule,
                Reason = room.Reason,
            };
    }

    // As long as the best one only waits, the others wait behind it: it may be gone before its turn comes.
    private static Judgement Behind(Judgement judgement, Judgement best)
    {
        var same = $"it shows the same moment as item {best.Item.Id} ('{best.Item.Title}')";
        return best.Verdict == Verdict.Selected
            ? judgement with
            {
                Verdict = Verdict.Rejected,
                Rule = Repeats.MomentRule,
                Reason = $"{same}, which scored higher",
                DuplicateOf = best.Item.Id,
            }
            : judgement with
            {
                Verdict = Verdict.Deferred,
                Rule = Repeats.MomentRule,
                Reason = $"{same}, which scores higher and waits for its turn",
            };
    }

    private static string Expiry(SelectionOptions options) =>
        FormattableString.Invariant($"not taken within {options.BacklogHours:0.#} h (BacklogHours)");
}
