using System.Net.Http.Headers;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Render.Transcribers;

public sealed class DeepgramTranscriber(SpeechHttp http, LiveOptions options) : ITranscriber
{
    public TranscriberName Name => TranscriberName.Deepgram;

    public async Task<Transcript> TranscribeAsync(string wav, string language, CancellationToken cancel)
    {
        var settings = options.Value.Transcription.Deepgram;
        var key = await SpeechHttp.KeyAsync(settings.KeyFile, cancel);
        if (key.Length == 0)
            throw new TranscriberException(
                "Deepgram needs a key: name its file in Transcription:Deepgram:KeyFile",
                mayPass: false
            );
        await using var sound = File.OpenRead(wav);
        var content = new StreamContent(sound);
        content.Headers.ContentType = new("audio/wav");
        var request = new HttpRequestMessage(HttpMethod.Post, Address(settings, language)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Token", key);
        return await http.AskAsync("Deepgram", request, cancel);
    }

    private static string Address(DeepgramOptions settings, string language)
    {
        var spoken = language.Length > 0 ? $"language={Uri.EscapeDataString(language)}" : "detect_language=true";
        return $"{settings.Url.TrimEnd('/')}/listen?model={Uri.EscapeDataString(settings.Model)}&{spoken}&punctuate=true";
    }
}
