using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

/// <summary>Something that every item must satisfy. One rule per file; a new one adds its line in <see cref="SelectionRules"/>.</summary>
internal abstract class SelectionRule
{
    public string Name => GetType().Name;

    /// <returns>Why the item is refused, with the numbers; null when it satisfies the rule.</returns>
    public abstract string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now);
}

internal static class SelectionRules
{
    public static IReadOnlyList<SelectionRule> All { get; } =
    [
        new NamePatternRule(),
        new MinimumLengthRule(),
        new MaximumLengthRule(),
        new MaximumSizeRule(),
        new MaximumAgeRule(),
        new MinimumHeightRule(),
    ];
}
