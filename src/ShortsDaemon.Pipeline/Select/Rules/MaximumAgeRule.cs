using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

internal sealed class MaximumAgeRule : SelectionRule
{
    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now)
    {
        var hours = (now - item.RecordedAt).TotalHours;
        return options.MaxAgeHours > 0 && hours > options.MaxAgeHours
            ? FormattableString.Invariant(
                $"it was recorded {hours:0.#} h ago, at most {options.MaxAgeHours:0.#} h are allowed (MaxAgeHours)"
            )
            : null;
    }
}
