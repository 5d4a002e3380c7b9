using System.IO.Enumeration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

internal sealed class NamePatternRule : SelectionRule
{
    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now)
    {
        var (what, text) = item.Origin is null ? ("name", Path.GetFileName(item.Location)) : ("title", item.Title);
        if (options.Exclude.FirstOrDefault(pattern => Matches(pattern, text)) is { } excluded)
            return $"its {what} matches '{excluded}' (Exclude)";
        return options.Include.Count > 0 && !options.Include.Any(pattern => Matches(pattern, text))
            ? $"its {what} matches none of the patterns in Include"
            : null;
    }

    private static bool Matches(string pattern, string text) =>
        FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);
}
