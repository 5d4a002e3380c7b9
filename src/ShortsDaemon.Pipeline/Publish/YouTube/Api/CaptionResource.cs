using Newtonsoft.Json;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Api;

/// <summary>A caption track as the API writes it. What is null is not sent.</summary>
internal sealed record CaptionResource
{
    [JsonProperty("snippet")]
    public CaptionSnippet? Snippet { get; set; }
}

internal sealed record CaptionSnippet
{
    [JsonProperty("videoId")]
    public string? VideoId { get; set; }

    [JsonProperty("language")]
    public string? Language { get; set; }

    [JsonProperty("name")]
    public string? Name { get; set; }

    /// <summary>standard, forced; ASR: YouTube heard it by itself.</summary>
    [JsonProperty("trackKind")]
    public string? TrackKind { get; set; }

    /// <summary>serving, syncing, failed.</summary>
    [JsonProperty("status")]
    public string? Status { get; set; }

    [JsonProperty("failureReason")]
    public string? FailureReason { get; set; }
}
