using ShortsDaemon.Media.Captions.Fonts;

namespace ShortsDaemon.Media.Captions;

/// <summary>A text in lines that fit into a box, as large as can be.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="Size">Height of the font, px.</param>
internal sealed record TextFit(IReadOnlyList<string> Lines, int Size)
{
    private const int Step = 4;

    /// <param name="text">One line.</param>
    /// <param name="fonts">What it is drawn with.</param>
    /// <param name="width">Room, px.</param>
    /// <param name="height">Room, px.</param>
    /// <param name="largest">Size that is tried first.</param>
    /// <param name="least">Smallest size; what does not fit then is cut off with an ellipsis.</param>
    public static TextFit Into(string text, FontSet fonts, int width, int height, int largest, int least)
    {
        for (var size = largest; size > least; size -= Step)
            if (Wrap(text, fonts, width, size) is { } lines && lines.Count * size <= height)
                return new(lines, size);
        return new(Cut(text, fonts, width, least, Math.Max(1, height / least)), least);
    }

    /// <summary>In lines of about one length.</summary>
    /// <returns>Null when it does not fit in this size.</returns>
    public static TextFit? Even(string text, FontSet fonts, int width, int size, int mostLines)
    {
        if (Wrap(text, fonts, width, size) is not { } lines || lines.Count > mostLines)
            return null;
        while (Wrap(text, fonts, width -= Step, size) is { } narrower && narrower.Count == lines.Count)
            lines = narrower;
        return new(lines, size);
    }

    /// <returns>Null when one word alone is too wide.</returns>
    private static List<string>? Wrap(string text, FontSet fonts, int width, int size)
    {
        List<string> lines = [];
        foreach (var word in text.Split(' '))
        {
            if (fonts.WidthOf(word, size) > width)
                return null;
            if (lines is [.., var last] && fonts.WidthOf($"{last} {word}", size) <= width)
                lines[^1] = $"{last} {word}";
            else
                lines.Add(word);
        }
        return lines;
    }

    private static List<string> Cut(string text, FontSet fonts, int width, int size, int mostLines)
    {
        List<string> lines = [""];
        foreach (var word in text.Split(' '))
        {
            var longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (fonts.WidthOf(longer, size) <= width)
                lines[^1] = longer;
            else if (lines.Count < mostLines && fonts.WidthOf(word, size) <= width)
                lines.Add(word);
            else
            {
                lines[^1] = Shortened(longer, fonts, width, size);
                return lines;
            }
        }
        return lines;
    }

    private static string Shortened(string line, FontSet fonts, int width, int size)
    {
        var letters = new System.Globalization.StringInfo(line);
        for (var count = letters.LengthInTextElements; count > 0; count--)
            if (
                letters.SubstringByTextElements(0, count).TrimEnd() + "…" is var cut
                && fonts.WidthOf(cut, size) <= width
            )
                return cut;
        return "…";
    }
}
