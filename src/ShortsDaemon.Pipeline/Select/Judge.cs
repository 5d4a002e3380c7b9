using ShortsDaemon.Pipeline.Select.Rules;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>Decides over the candidates of a channel. Pure: no database, no clock, so that history can be replayed.</summary>
public static class Judge
{
    /// <param name="candidates">All candidates of the channel.</param>
    /// <param name="options">Rules and weights.</param>
    /// <param name="now">The time of the decision.</param>
    /// <returns>One decision for each candidate, the selected ones first, best first.</returns>
    public static IReadOnlyList<Judgement> Decide(
        IEnumerable<Item> candidates,
        SelectionOptions options,
        DateTimeOffset now
    )
    {
        var judged = candidates.Select(item => First(item, options, now)).ToList();
        var ranked = judged
            .Where(j => j.Verdict == Verdict.Selected)
            .OrderByDescending(j => j.Score.Value)
            .ThenBy(j => j.Item.Id.Value)
            .Select((j, rank) => Rank(j, rank, options));
        return [.. ranked, .. judged.Where(j => j.Verdict != Verdict.Selected)];
    }

    private static Judgement First(Item item, SelectionOptions options, DateTimeOffset now)
    {
        var nothing = new Score([]);
        if (item.IsRefused)
            return new Judgement(item, Verdict.Rejected, "Readable", item.Trouble!, nothing);
        if ((now - item.DiscoveredAt).TotalHours > options.BacklogHours)
            return new Judgement(item, Verdict.Expired, "Backlog", Expiry(options), nothing);
        if (item.Facts is not { } facts)
            return new Judgement(item, Verdict.Deferred, "Readable", $"it cannot be read now: {item.Trouble}", nothing);
        var score = Score.Of(item, facts, options, now);
        foreach (var rule in SelectionRules.All)
        {
            if (rule.Refuse(item, facts, options, now) is { } reason)
                return new Judgement(item, Verdict.Rejected, rule.Name, reason, score);
        }
        return new Judgement(item, Verdict.Selected, "Score", "", score);
    }

    private static Judgement Rank(Judgement judgement, int rank, SelectionOptions options) =>
        rank < options.MaxPerRun
            ? judgement with
            {
                Reason = FormattableString.Invariant($"number {rank + 1} with a score of {judgement.Score.Value:0.00}"),
            }
            : judgement with
            {
                Verdict = Verdict.Deferred,
                Rule = "MaxPerRun",
                Reason = $"one run takes {options.MaxPerRun}; it waits for the next",
            };

    private static string Expiry(SelectionOptions options) =>
        FormattableString.Invariant($"not taken within {options.BacklogHours:0.#} h (BacklogHours)");
}

/// <param name="Item">The candidate.</param>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Rule">Which rule decided.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Score">Its features; empty when it never came to a score.</param>
public sealed record Judgement(Item Item, Verdict Verdict, string Rule, string Reason, Score Score);
