using System.Globalization;
using System.Text;

namespace ShortsDaemon.Media.Captions;

/// <summary>Text that can be drawn: one line, no control, direction or broken characters.</summary>
internal static class CaptionText
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;
    private const int Broken = 0xFFFD;

    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsBlank(rune))
                AddBlank(clean);
            else if (!IsHidden(rune))
                clean.Append(rune.ToString());
        }
        return clean.ToString().TrimEnd(' ');
    }

    /// <summary>Nothing is drawn for it at a place of its own.</summary>
    public static bool HasNoWidth(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format;

    private static void AddBlank(StringBuilder clean)
    {
        if (clean.Length > 0 && clean[^1] != ' ')
            clean.Append(' ');
    }

    private static bool IsBlank(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    // Joiners make families of emoji, and letters of Persian and the scripts of India.
    private static bool IsHidden(Rune rune) =>
        rune.Value == Broken
        || (
            Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Format
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned
            && rune.Value is not (NonJoiner or Joiner)
        );
}
