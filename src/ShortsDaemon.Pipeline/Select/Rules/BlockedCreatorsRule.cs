using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

internal sealed class BlockedCreatorsRule : SelectionRule
{
    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now) =>
        item.Origin is { } clip
        && options.BlockedCreators.Exists(name =>
            string.Equals(name.Trim(), clip.Creator, StringComparison.OrdinalIgnoreCase)
        )
            ? $"it was made by '{clip.Creator}' (BlockedCreators)"
            : null;
}
