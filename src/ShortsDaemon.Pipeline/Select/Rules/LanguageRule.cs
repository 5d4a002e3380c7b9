using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

/// <summary>Takes en-GB for en. A stream whose language is not known may pass.</summary>
internal sealed class LanguageRule : SelectionRule
{
    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now) =>
        item.Origin is { Language: { Length: > 0 } language }
        && options.Languages.Count > 0
        && !options.Languages.Any(wanted => Covers(wanted.Trim(), language))
            ? $"its stream is in '{language}', wanted are {string.Join(", ", options.Languages)} (Languages)"
            : null;

    private static bool Covers(string wanted, string language) =>
        string.Equals(wanted, language, StringComparison.OrdinalIgnoreCase)
        || language.StartsWith(wanted + "-", StringComparison.OrdinalIgnoreCase);
}
