using System.Text.Json;

namespace ShortsDaemon.Media.Captions.Transcripts;

/// <summary>Tells the JSON of the recognisers apart: whisper.cpp, OpenAI (and whatever speaks like it), Deepgram.</summary>
public static class TranscriptJson
{
    /// <exception cref="UnreadableTranscriptException">It is no JSON, or none of these.</exception>
    public static Transcript Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var words = WordsIn(document.RootElement);
            return Transcript.Of(
                words
                    ?? throw new UnreadableTranscriptException("it is no transcript of whisper.cpp, OpenAI or Deepgram")
            );
        }
        catch (JsonException e)
        {
            throw new UnreadableTranscriptException($"it is not JSON: {e.Message}", e);
        }
    }

    private static List<Word>? WordsIn(JsonElement root)
    {
        if (root.Find("transcription") is { ValueKind: JsonValueKind.Array })
            return [.. WhisperJson.Words(root)];
        if (
            root.Find("segments") is { ValueKind: JsonValueKind.Array }
            || root.Find("words") is { ValueKind: JsonValueKind.Array }
        )
            return [.. VerboseJson.Words(root)];
        return root.Find("results")?.Find("channels") is { ValueKind: JsonValueKind.Array }
            ? [.. DeepgramJson.Words(root)]
            : null;
    }
}
