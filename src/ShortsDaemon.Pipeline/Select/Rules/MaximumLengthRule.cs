using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

internal sealed class MaximumLengthRule : SelectionRule
{
    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now) =>
        facts.LengthSeconds > options.MaxLengthSeconds
            ? FormattableString.Invariant(
                $"it is {facts.LengthSeconds:0.0} s long, at most {options.MaxLengthSeconds:0.#} s are allowed (MaxLengthSeconds)"
            )
            : null;
}
