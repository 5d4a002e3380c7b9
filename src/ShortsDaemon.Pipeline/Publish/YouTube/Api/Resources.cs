using Newtonsoft.Json;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Api;

// As the API writes them. What is null is not sent.

internal sealed record Page<T>
{
    [JsonProperty("items")]
    public List<T>? Items { get; set; }

    [JsonProperty("nextPageToken")]
    public string? NextPageToken { get; set; }
}

internal sealed record ChannelResource
{
    [JsonProperty("id")]
    public string? Id { get; set; }

    [JsonProperty("snippet")]
    public ChannelSnippet? Snippet { get; set; }

    [JsonProperty("contentDetails")]
    public ChannelContent? ContentDetails { get; set; }
}

internal sealed record ChannelSnippet
{
    [JsonProperty("title")]
    public string? Title { get; set; }
}

internal sealed record ChannelContent
{
    [JsonProperty("relatedPlaylists")]
    public RelatedPlaylists? RelatedPlaylists { get; set; }
}

internal sealed record RelatedPlaylists
{
    [JsonProperty("uploads")]
    public string? Uploads { get; set; }
}

internal sealed record PlaylistEntry
{
    [JsonProperty("snippet")]
    public PlaylistEntrySnippet? Snippet { get; set; }
}

internal sealed record PlaylistEntrySnippet
{
    [JsonProperty("playlistId")]
    public string? PlaylistId { get; set; }

    /// <summary>When it came into the list.</summary>
    [JsonProperty("publishedAt")]
    public DateTimeOffset? PublishedAt { get; set; }

    [JsonProperty("resourceId")]
    public ResourceId? ResourceId { get; set; }
}

internal sealed record ResourceId
{
    [JsonProperty("kind")]
    public string? Kind { get; set; }

    [JsonProperty("videoId")]
    public string? VideoId { get; set; }
}
