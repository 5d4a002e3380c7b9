using System.Globalization;
using System.Text;
using ShortsDaemon.Pipeline.Publish.Text;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>The words of a post without anything that a strict reader could dislike.</summary>
internal static class PlainText
{
    private const int PlainTitle = 80;
    private const int PlainDescription = 500;

    public static PostText Of(PostText text)
    {
        var title = Cut(Plain(text.Title), PlainTitle);
        return new(title.Length > 0 ? title : "Short", Cut(Plain(text.Description), PlainDescription), [], "");
    }

    private static string Plain(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            kept.Append(IsPlain(rune) ? rune.ToString() : " ");
        return string.Join(' ', kept.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsPlain(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || rune.Value is '.' or ',' or '!' or '?' or '-' or '\'' or ':' or '/';

    private static string Cut(string text, int most)
    {
        var kept = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext() && kept.Length + elements.GetTextElement().Length <= most)
            kept.Append(elements.GetTextElement());
        return kept.ToString().TrimEnd();
    }
}
