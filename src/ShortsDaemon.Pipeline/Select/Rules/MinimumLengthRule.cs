using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

internal sealed class MinimumLengthRule : SelectionRule
{
    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now) =>
        facts.LengthSeconds < options.MinLengthSeconds
            ? FormattableString.Invariant(
                $"it is {facts.LengthSeconds:0.0} s long, at least {options.MinLengthSeconds:0.#} s are wanted (MinLengthSeconds)"
            )
            : null;
}
