using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

internal sealed class MaximumSizeRule : SelectionRule
{
    private const double MiB = 1024 * 1024;

    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now) =>
        item.SizeBytes > options.MaxSizeMiB * MiB
            ? FormattableString.Invariant(
                $"it has {item.SizeBytes / MiB:0.#} MiB, at most {options.MaxSizeMiB:0.#} MiB are allowed (MaxSizeMiB)"
            )
            : null;
}
