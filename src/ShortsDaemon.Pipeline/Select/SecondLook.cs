using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>Scores an item once more when its file is there: with its real picture, and with its sound.</summary>
internal static class SecondLook
{
    private const string Rule = "SecondLook";

    /// <param name="db">Has the decision that selected it; gets the new one.</param>
    /// <param name="item">The item, with what its file is really like.</param>
    /// <param name="options">What was asked for at its selection.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>That it is not wanted after all; null: it is.</returns>
    public static async Task<Outcome?> DecideAsync(
        ShortsDb db,
        Item item,
        SelectionOptions options,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var first = await db
            .Decisions.AsNoTracking()
            .Where(d => d.ItemId == item.Id && d.Verdict == Verdict.Selected)
            .OrderByDescending(d => d.Id)
            .FirstOrDefaultAsync(cancel);
        if (first is null)
            return null; // taken by hand: nothing to compare with
        var score = new Score(first.Features).WithFile(item.Facts!, options.Weights);
        var isWanted = score.Value >= options.MinScore;
        var reason = isWanted ? $"its file is there ({item.Facts})" : TooLow(score, options);
        db.Decisions.Add(
            new Decision
            {
                ItemId = item.Id,
                At = now,
                Verdict = isWanted ? Verdict.Selected : Verdict.Rejected,
                Score = score.Value,
                Rule = Rule,
                Reason = reason,
                Features = [.. score.Features],
            }
        );
        item.Score = score.Value;
        return isWanted ? null : new Outcome.Rejected(reason);
    }

    public static string TooLow(Score score, SelectionOptions options) =>
        FormattableString.Invariant(
            $"its score of {score.Value:0.00} is below {options.MinScore:0.##} ({nameof(SelectionOptions.MinScore)})"
        );
}
