using System.Globalization;
using System.Text;

namespace ShortsDaemon.Pipeline.Publish.Text;

/// <summary>How long a text may be, as a platform counts.</summary>
/// <param name="Most">In units.</param>
/// <param name="Unit">What is counted.</param>
public sealed record TextLimit(int Most, TextUnit Unit)
{
    private const string Ellipsis = "…";

    public int Size(ReadOnlySpan<char> text) =>
        Unit == TextUnit.Utf8Bytes ? Encoding.UTF8.GetByteCount(text) : text.Length;

    /// <returns>
    /// The text, or as many of its words as fit and an ellipsis. A word that is itself too long is cut between two characters
    /// as people see them. Empty when not even one fits.
    /// </returns>
    public string Cut(string text)
    {
        if (Size(text) <= Most)
            return text;
        var room = Most - Size(Ellipsis);
        var (end, wordEnd) = (0, 0);
        while (end < text.Length)
        {
            if (char.IsWhiteSpace(text[end]) && end > 0 && !char.IsWhiteSpace(text[end - 1]))
                wordEnd = end;
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (Size(text.AsSpan(0, next)) > room)
                break;
            end = next;
        }
        // One very long word at the end is not worth losing more than half of the text.
        var kept = text[..(wordEnd > end / 2 ? wordEnd : end)].TrimEnd();
        return kept.Length == 0 ? "" : kept + Ellipsis;
    }
}

public enum TextUnit
{
    /// <summary>What .NET and JavaScript count; never less than the number of characters that people see.</summary>
    Utf16,
    Utf8Bytes,
}
