using System.Globalization;
using System.Text;

namespace ShortsDaemon.Pipeline.Publish.Folder;

/// <summary>A file name for a title: safe in a shell, on any file system, and short enough to add endings.</summary>
internal static class ShortName
{
    // 255 bytes are allowed; endings, numbers and the partial prefix need room.
    private const int MostBytes = 200;
    private const string Forbidden = "/\\:*?\"<>|";

    /// <param name="title">Any text.</param>
    /// <param name="number">1 for the first of its name, then " (2)", " (3)" and so on.</param>
    public static string For(string title, int number)
    {
        var clean = new StringBuilder();
        foreach (var rune in title.EnumerateRunes())
            clean.Append(IsSafe(rune) ? rune.ToString() : " ");
        var words = clean.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // Trimmed on both sides of the cut: it may end in the middle of "a . b".
        var name = Cut(string.Join(' ', words).TrimStart('.', '-', ' ')).TrimEnd('.', ' ');
        if (name.Length == 0)
            name = "short";
        return number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
    }

    // Every kind of space becomes the plain one, too: two names that only differ in it look the same.
    private static bool IsSafe(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            )
        && rune.Value != 0xFFFD
        && !(rune.IsAscii && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal));

    private static string Cut(string name)
    {
        var bytes = 0;
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostBytes)
                break;
            kept.Append(rune.ToString());
        }
        return kept.ToString();
    }
}
