using System.Globalization;
using System.Text;

namespace ShortsDaemon.Pipeline.Sources;

/// <summary>Makes a title out of any text: one line, no control or direction characters, never empty.</summary>
internal static class ClipTitle
{
    // Joins emoji to families and flags; the only invisible character that is meant to be there.
    private const int Joiner = 0x200D;

    public static string Of(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            clean.Append(IsVisible(rune) ? rune.ToString() : " ");
        var title = string.Join(' ', clean.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return title.Length > 0 ? title : "untitled";
    }

    private static bool IsVisible(Rune rune) =>
        rune.Value == Joiner
        || Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
            );
}
