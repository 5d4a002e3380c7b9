using System.IO.Enumeration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

internal sealed class NamePatternRule : SelectionRule
{
    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now)
    {
        var name = Path.GetFileName(item.Location);
        if (options.Exclude.FirstOrDefault(pattern => Matches(pattern, name)) is { } excluded)
            return $"its name matches '{excluded}' (Exclude)";
        return options.Include.Count > 0 && !options.Include.Any(pattern => Matches(pattern, name))
            ? "its name matches none of the patterns in Include"
            : null;
    }

    private static bool Matches(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
