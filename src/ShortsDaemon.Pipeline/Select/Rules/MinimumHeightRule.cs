using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

internal sealed class MinimumHeightRule : SelectionRule
{
    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now) =>
        facts.IsPictureKnown && facts.Height < options.MinHeight
            ? $"its picture is {facts.Width}×{facts.Height} px, at least {options.MinHeight} px of height are wanted (MinHeight)"
            : null;
}
