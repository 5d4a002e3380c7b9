using System.Net.Http.Headers;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Render.Transcribers;

/// <summary>OpenAI's transcriptions, which many servers of one's own offer as well.</summary>
public sealed class OpenAiTranscriber(SpeechHttp http, LiveOptions options) : ITranscriber
{
    public TranscriberName Name => TranscriberName.OpenAi;

    public async Task<Transcript> TranscribeAsync(string wav, string language, CancellationToken cancel)
    {
        var settings = options.Value.Transcription.OpenAi;
        var key = await SpeechHttp.KeyAsync(settings.KeyFile, cancel);
        await using var sound = File.OpenRead(wav);
        var request = new HttpRequestMessage(HttpMethod.Post, settings.Url.TrimEnd('/') + "/audio/transcriptions")
        {
            Content = Form(sound, settings.Model, language),
        };
        if (key.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await http.AskAsync("OpenAi", request, cancel);
    }

    private static MultipartFormDataContent Form(Stream sound, string model, string language)
    {
        var file = new StreamContent(sound);
        file.Headers.ContentType = new("audio/wav");
        // Words for their times; segments because only they tell whether anybody speaks.
        var form = new MultipartFormDataContent
        {
            { file, "file", "speech.wav" },
            { new StringContent(model), "model" },
            { new StringContent("verbose_json"), "response_format" },
            { new StringContent("word"), "timestamp_granularities[]" },
            { new StringContent("segment"), "timestamp_granularities[]" },
        };
        if (language.Length > 0)
            form.Add(new StringContent(language), "language");
        return form;
    }
}
