using System.Text.Json;

namespace ShortsDaemon.Media.Captions.Transcripts;

/// <summary>Deepgram's answer: channels with alternatives, the first of which is the best.</summary>
internal static class DeepgramJson
{
    public static IEnumerable<Word> Words(JsonElement root) =>
        root.Find("results")!
            .Value.List("channels")
            .Take(1)
            .SelectMany(channel => channel.List("alternatives").Take(1))
            .SelectMany(best => best.List("words"))
            .Select(OfWord)
            .OfType<Word>();

    private static Word? OfWord(JsonElement word) =>
        word.Seconds("start") is { } start && word.Seconds("end") is { } end
            ? new Word(word.Text("punctuated_word") ?? word.Text("word") ?? "", start, end)
            {
                Confidence = word.Number("confidence"),
            }
            : null;
}
