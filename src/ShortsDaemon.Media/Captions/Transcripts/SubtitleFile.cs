using System.Globalization;
using System.Text.RegularExpressions;

namespace ShortsDaemon.Media.Captions.Transcripts;

/// <summary>Reads SubRip and WebVTT, which are alike but for their heads and the point in their times.</summary>
internal static partial class SubtitleFile
{
    // Somebody thought about where such a cue ends; some programs write one for each word.
    private const int LeastPhrase = 3;

    /// <exception cref="UnreadableTranscriptException">There is not one cue in it.</exception>
    public static IReadOnlyList<Word> Read(string text)
    {
        List<Word> words = [];
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var hasCue = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (CueTimes().Match(lines[i]) is not { Success: true } times)
                continue;
            hasCue = true;
            var said = lines.Skip(i + 1).TakeWhile(line => !string.IsNullOrWhiteSpace(line));
            Word[] cue = [.. WordsOf(string.Join(' ', said), Time(times, "from"), Time(times, "to"))];
            if (cue.Length >= LeastPhrase)
                cue[^1] = cue[^1] with { EndsPhrase = true };
            words.AddRange(cue);
        }
        return hasCue
            ? words
            : throw new UnreadableTranscriptException(
                "it has no cue: a line such as 00:00:01,000 --> 00:00:02,500 and its text below"
            );
    }

    // WebVTT may tell in the middle of a text when the rest of it is said.
    private static IEnumerable<Word> WordsOf(string text, TimeSpan from, TimeSpan to)
    {
        var stamps = WordTime().Matches(text);
        var (at, start) = (0, from);
        foreach (Match stamp in stamps)
        {
            var next = Time(stamp, "at");
            foreach (var word in SpreadWords.Over(Plain(text[at..stamp.Index]), start, next))
                yield return word;
            (at, start) = (stamp.Index + stamp.Length, next);
        }
        foreach (var word in SpreadWords.Over(Plain(text[at..]), start, to))
            yield return word;
    }

    private static string Plain(string text) => System.Net.WebUtility.HtmlDecode(Markup().Replace(text, ""));

    private static TimeSpan Time(Match match, string name)
    {
        var parts = match.Groups[name].Value.Replace(',', '.').Split(':');
        var seconds = 0.0;
        foreach (var part in parts)
            seconds = seconds * 60 + double.Parse(part, CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(seconds);
    }

    private const string Clock = @"(\d{1,3}:)?\d{1,2}:\d{1,2}([.,]\d{1,6})?";

    [GeneratedRegex($@"^\s*(?<from>{Clock})\s*-->\s*(?<to>{Clock})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CueTimes();

    [GeneratedRegex($"<(?<at>{Clock})>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WordTime();

    // <i>, <c.yellow>, <v Speaker>; and {\an8}, which some programs write into SubRip.
    [GeneratedRegex(@"</?[a-zA-Z][^<>]*>|\{\\[^{}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Markup();
}
