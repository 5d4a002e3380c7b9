using System.Globalization;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Captions.Transcripts;

namespace ShortsDaemon.Media.Captions;

/// <summary>Breaks words into at most two lines by their measured width.</summary>
/// <param name="fonts">What they are drawn with.</param>
/// <param name="style">How they are drawn.</param>
/// <param name="room">Width of a line, px.</param>
internal sealed class LineWrapping(FontSet fonts, CaptionStyle style, double room)
{
    /// <summary>What is wider than a line, or is several words said at once, becomes parts, each with its share of the time.</summary>
    public IEnumerable<Word> Fit(Word word)
    {
        List<string> parts = [.. word.Text.Split(' ').SelectMany(Parts)];
        return parts is [_]
            ? [word]
            : SpreadWords
                .Over(parts, word.Start, word.End)
                .Select(part => word with { Text = part.Text, Start = part.Start, End = part.End });
    }

    /// <returns>One or two lines, the two as even as can be; null when two are not enough.</returns>
    public IReadOnlyList<IReadOnlyList<Word>>? Wrap(IReadOnlyList<Word> words)
    {
        if (WidthOf(words) <= room)
            return [words];
        var splits =
            from first in Enumerable.Range(1, words.Count - 1)
            let lines = (IReadOnlyList<IReadOnlyList<Word>>)
                [
                    [.. words.Take(first)],
                    [.. words.Skip(first)],
                ]
            let widest = lines.Max(line => WidthOf(line))
            where widest <= room
            orderby widest
            select lines;
        return splits.FirstOrDefault();
    }

    private double WidthOf(IReadOnlyList<Word> words) => WidthOf(string.Join(' ', words.Select(word => word.Text)));

    private double WidthOf(string text) => fonts.WidthOf(style.Shown(text), style.Size);

    // As even as can be: a last letter that stands alone looks like a mistake.
    private List<string> Parts(string text)
    {
        if (WidthOf(text) <= room)
            return [text];
        var letters = Letters(text);
        for (var count = (int)Math.Ceiling(WidthOf(text) / room); count < letters.Count; count++)
        {
            var parts = Cut(letters, count);
            if (parts.TrueForAll(part => WidthOf(part) <= room))
                return parts;
        }
        return letters;
    }

    private static List<string> Cut(List<string> letters, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => (From: letters.Count * i / count, To: letters.Count * (i + 1) / count))
                .Select(range => string.Concat(letters.GetRange(range.From, range.To - range.From))),
        ];

    private static List<string> Letters(string text)
    {
        List<string> letters = [];
        var walk = StringInfo.GetTextElementEnumerator(text);
        while (walk.MoveNext())
            letters.Add(walk.GetTextElement());
        return letters;
    }
}
