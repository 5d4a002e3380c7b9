using System.Text.Json;

namespace ShortsDaemon.Media.Captions.Transcripts;

/// <summary>
/// OpenAI's verbose_json: words beside segments, and only the segments tell how sure it is. Others put the words into the
/// segments.
/// </summary>
internal static class VerboseJson
{
    public static IEnumerable<Word> Words(JsonElement root)
    {
        var segments = root.List("segments").Select(Segment.Of).OfType<Segment>().ToList();
        var beside = root.List("words").Select(OfWord).OfType<Word>().ToList();
        return beside.Count > 0 ? beside.Select(word => Judged(word, segments)) : segments.SelectMany(s => s.Words());
    }

    private static Word Judged(Word word, List<Segment> segments)
    {
        var middle = word.Start + (word.End - word.Start) / 2;
        return segments.Find(segment => segment.Start <= middle && middle <= segment.End) is { } around
            ? around.Judge(word)
            : word;
    }

    private static Word? OfWord(JsonElement word) =>
        word.Seconds("start") is { } start && word.Seconds("end") is { } end
            ? new Word(word.Text("word") ?? word.Text("text") ?? "", start, end)
            {
                Confidence = word.Number("probability") ?? word.Number("score"),
            }
            : null;

    private sealed record Segment(TimeSpan Start, TimeSpan End, JsonElement Json)
    {
        public static Segment? Of(JsonElement json) =>
            json.Seconds("start") is { } start && json.Seconds("end") is { } end ? new(start, end, json) : null;

        public IEnumerable<Word> Words()
        {
            var words = Json.List("words").Select(OfWord).OfType<Word>().ToList();
            return (words.Count > 0 ? words : SpreadWords.Over(Json.Text("text") ?? "", Start, End)).Select(Judge);
        }

        public Word Judge(Word word) =>
            word with
            {
                NoSpeech = Json.Number("no_speech_prob"),
                Confidence = word.Confidence ?? (Json.Number("avg_logprob") is { } log ? Math.Exp(log) : null),
            };
    }
}
