using System.Globalization;
using System.Text;

namespace ShortsDaemon.Pipeline.Publish.Text;

/// <summary>Text that looks like what it is: no control, direction or invisible characters, no runs of blanks.</summary>
internal static class CleanText
{
    private const int Joiner = 0x200D;

    /// <summary>One line.</summary>
    public static string Line(string text)
    {
        var clean = new StringBuilder(text.Length);
        Rune? before = null;
        var runes = text.EnumerateRunes().ToList();
        for (var i = 0; i < runes.Count; i++)
        {
            var rune = IsBlank(runes[i]) ? new Rune(' ') : runes[i];
            if (rune.Value == ' ' && (before is null || before.Value.Value == ' '))
                continue;
            if (IsHidden(rune) && !Joins(before, rune, i + 1 < runes.Count ? runes[i + 1] : null))
                continue;
            clean.Append(rune.ToString());
            before = rune;
        }
        return clean.ToString().TrimEnd(' ');
    }

    /// <summary>Line breaks stay, but at most one empty line in a row.</summary>
    public static string Lines(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(Line);
        var kept = new List<string>();
        foreach (var line in lines)
            if (line.Length > 0 || kept is [.., { Length: > 0 }])
                kept.Add(line);
        return string.Join('\n', kept).TrimEnd('\n');
    }

    // Fillers look like nothing, but count as letters.
    private static bool IsBlank(Rune rune) =>
        rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    // 0xFFFD stands for what was no character at all.
    private static bool IsHidden(Rune rune) =>
        rune.Value is 0x034F or 0x17B4 or 0x17B5 or 0xFFFD
        || (rune.Value & 0xFFFE) == 0xFFFE
        || rune.Value is >= 0xFDD0 and <= 0xFDEF
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format;

    // Makes families and flags of emoji, and ligatures in the scripts of India: there it is meant.
    private static bool Joins(Rune? before, Rune rune, Rune? after) =>
        rune.Value == Joiner
        && before is { } left
        && after is { } right
        && !IsBlank(right)
        && !IsHidden(right)
        && (IsSymbol(left) ? IsSymbol(right) : IsMark(left) && (IsSymbol(right) || Rune.IsLetter(right)));

    private static bool IsSymbol(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.OtherSymbol
                or UnicodeCategory.MathSymbol
                or UnicodeCategory.ModifierSymbol;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark;
}
