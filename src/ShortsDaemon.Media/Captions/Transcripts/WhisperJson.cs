using System.Text.Json;

namespace ShortsDaemon.Media.Captions.Transcripts;

/// <summary>What whisper.cpp writes with -oj or -ojf: segments with offsets in ms, and with -ojf their tokens.</summary>
internal static class WhisperJson
{
    // A character may be spread over several tokens; alone each of them is broken.
    private const char Broken = '\uFFFD';

    public static IEnumerable<Word> Words(JsonElement root) => root.List("transcription").SelectMany(OfSegment);

    private static IEnumerable<Word> OfSegment(JsonElement segment)
    {
        if (Times(segment) is not (var start, var end))
            return [];
        var text = CaptionText.Clean(segment.Text("text") ?? "");
        var tokens = segment.List("tokens").Where(IsSpoken).ToList();
        double? sure = tokens.Count > 0 ? tokens.Average(token => token.Number("p") ?? 1) : null;
        if (!text.Contains(' ', StringComparison.Ordinal))
            return [new Word(text, start, end) { Confidence = sure }];
        return OfTokens(tokens) ?? SpreadWords.Over(text, start, end).Select(word => word with { Confidence = sure });
    }

    /// <returns>Null when the tokens do not tell enough.</returns>
    private static List<Word>? OfTokens(List<JsonElement> tokens)
    {
        List<(Word Word, int Tokens)> words = [];
        foreach (var token in tokens)
        {
            var text = token.Text("text")!;
            if (Times(token) is not (var start, var end) || text.Contains(Broken, StringComparison.Ordinal))
                return null;
            var sure = token.Number("p") ?? 1;
            if (words is not [.., var (last, count)] || text.StartsWith(' '))
                words.Add((new Word(text, start, end) { Confidence = sure }, 1));
            else
                words[^1] = (Joined(last, text, end, (last.Confidence!.Value * count + sure) / (count + 1)), count + 1);
        }
        return words.Count > 0 ? [.. words.Select(found => found.Word)] : null;
    }

    private static Word Joined(Word word, string text, TimeSpan end, double sure) =>
        word with
        {
            Text = word.Text + text,
            End = end,
            Confidence = sure,
        };

    private static bool IsSpoken(JsonElement token) =>
        token.Text("text") is { Length: > 0 } text && !text.StartsWith("[_", StringComparison.Ordinal);

    private static (TimeSpan Start, TimeSpan End)? Times(JsonElement part) =>
        part.Find("offsets") is { } offsets
        && offsets.Milliseconds("from") is { } from
        && offsets.Milliseconds("to") is { } to
            ? (from, to)
            : null;
}
