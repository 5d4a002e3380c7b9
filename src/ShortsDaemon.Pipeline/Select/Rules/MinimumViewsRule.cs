using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

/// <summary>Views grow: a clip below waits, until it has enough or leaves the backlog.</summary>
internal sealed class MinimumViewsRule : SelectionRule
{
    public override Verdict Verdict => Verdict.Deferred;

    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now) =>
        item.Origin is { } clip && clip.Views < options.MinViews
            ? $"it has fewer than {options.MinViews} views so far (MinViews)"
            : null;
}
