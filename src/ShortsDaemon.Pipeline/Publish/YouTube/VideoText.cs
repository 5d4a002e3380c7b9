using System.Globalization;
using System.Text;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>Makes the words that go with a Short, within YouTube's limits.</summary>
public interface IVideoText
{
    VideoText Of(Item item, YouTubeDestinationOptions to);
}

/// <summary>The words that go with a Short.</summary>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="Description">At most 5,000 bytes of UTF-8.</param>
/// <param name="Tags">Together at most 500 characters, less what our own tag takes.</param>
/// <param name="Language">For instance en; empty: not known.</param>
public sealed record VideoText(string Title, string Description, IReadOnlyList<string> Tags, string Language)
{
    private const int PlainTitle = 80;
    private const int PlainDescription = 500;

    /// <summary>Nothing in it that a strict reader could dislike.</summary>
    internal VideoText Plain()
    {
        var title = Cut(Plain(Title), PlainTitle);
        return new(title.Length > 0 ? title : "Short", Cut(Plain(Description), PlainDescription), [], "");
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
