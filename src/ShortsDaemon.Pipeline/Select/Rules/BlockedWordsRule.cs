using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

/// <summary>Whole words and phrases: "ass" does not block a glass.</summary>
internal sealed class BlockedWordsRule : SelectionRule
{
    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now) =>
        options.BlockedWords.Find(word => Stands(word.Trim(), item.Title)) is { } blocked
            ? $"its title has '{blocked}' in it (BlockedWords)"
            : null;

    private static bool Stands(string word, string title)
    {
        if (word.Length == 0)
            return false;
        for (var at = Next(word, title, 0); at >= 0; at = Next(word, title, at + 1))
        {
            if (IsEdge(title, at - 1, word[0]) && IsEdge(title, at + word.Length, word[^1]))
                return true;
        }
        return false;
    }

    private static int Next(string word, string title, int from) =>
        title.IndexOf(word, from, StringComparison.OrdinalIgnoreCase);

    private static bool IsEdge(string title, int at, char end) =>
        at < 0 || at >= title.Length || !char.IsLetterOrDigit(end) || !char.IsLetterOrDigit(title[at]);
}
