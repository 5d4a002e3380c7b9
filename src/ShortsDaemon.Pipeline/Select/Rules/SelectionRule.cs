using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

/// <summary>Something that every item must satisfy. One rule per file; a new one adds its line in <see cref="SelectionRules"/>.</summary>
internal abstract class SelectionRule
{
    public string Name => GetType().Name;

    /// <summary>What becomes of an item that does not satisfy it: deferred when it may satisfy it later.</summary>
    public virtual Verdict Verdict => Verdict.Rejected;

    /// <returns>Why the item is refused, with the numbers; null when it satisfies the rule.</returns>
    public abstract string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now);
}

internal static class SelectionRules
{
    /// <summary>What the recording itself must satisfy; asked once more when the file is there.</summary>
    public static IReadOnlyList<SelectionRule> OfRecording { get; } =
    [new MinimumLengthRule(), new MaximumLengthRule(), new MaximumSizeRule(), new MinimumHeightRule()];

    public static IReadOnlyList<SelectionRule> All { get; } =
    [
        new NamePatternRule(),
        .. OfRecording,
        new MaximumAgeRule(),
        new MinimumViewsRule(),
        new LanguageRule(),
        new GameRule(),
        new BlockedWordsRule(),
        new BlockedCreatorsRule(),
    ];
}
