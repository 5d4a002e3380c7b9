using Google.Apis.Requests;
using Newtonsoft.Json;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Api;

/// <summary>The JSON of a refusal, where there is one: behind a 5xx there may be HTML, or nothing.</summary>
internal static class RefusalBody
{
    /// <returns>Null when it is no such JSON; the status is all that is known then.</returns>
    public static RequestError? Read(string text)
    {
        try
        {
            return JsonConvert.DeserializeObject<Envelope>(text)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Envelope
    {
        [JsonProperty("error")]
        public RequestError? Error { get; set; }
    }
}
