using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <param name="Item">The candidate.</param>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Rule">Which rule decided.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Score">Its features; empty when it never came to a score.</param>
public sealed record Judgement(Item Item, Verdict Verdict, string Rule, string Reason, Score Score)
{
    /// <summary>The item that shows the same; null when it is none's duplicate.</summary>
    public ItemId? DuplicateOf { get; init; }

    /// <summary>Nothing is wrong with it, there are only enough others.</summary>
    public bool WaitsForRoom =>
        Verdict == Verdict.Deferred
        && Rule is nameof(SelectionOptions.MaxPerRun) or nameof(SelectionOptions.MaxWaiting);
}
