using Newtonsoft.Json;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Api;

/// <summary>A video as the API writes it. What is null is not sent.</summary>
internal sealed record VideoResource
{
    [JsonProperty("id")]
    public string? Id { get; set; }

    [JsonProperty("snippet")]
    public VideoSnippet? Snippet { get; set; }

    [JsonProperty("status")]
    public VideoStatus? Status { get; set; }

    [JsonProperty("processingDetails")]
    public VideoProcessing? ProcessingDetails { get; set; }
}

internal sealed record VideoSnippet
{
    [JsonProperty("channelId")]
    public string? ChannelId { get; set; }

    [JsonProperty("publishedAt")]
    public DateTimeOffset? PublishedAt { get; set; }

    [JsonProperty("title")]
    public string? Title { get; set; }

    [JsonProperty("description")]
    public string? Description { get; set; }

    [JsonProperty("tags")]
    public List<string>? Tags { get; set; }

    [JsonProperty("categoryId")]
    public string? CategoryId { get; set; }

    [JsonProperty("defaultLanguage")]
    public string? DefaultLanguage { get; set; }

    [JsonProperty("defaultAudioLanguage")]
    public string? DefaultAudioLanguage { get; set; }
}

internal sealed record VideoStatus
{
    /// <summary>uploaded, processed, failed, rejected, deleted.</summary>
    [JsonProperty("uploadStatus")]
    public string? UploadStatus { get; set; }

    [JsonProperty("failureReason")]
    public string? FailureReason { get; set; }

    [JsonProperty("rejectionReason")]
    public string? RejectionReason { get; set; }

    /// <summary>private, unlisted, public.</summary>
    [JsonProperty("privacyStatus")]
    public string? PrivacyStatus { get; set; }

    /// <summary>RFC 3339; only with private.</summary>
    [JsonProperty("publishAt")]
    public string? PublishAt { get; set; }

    [JsonProperty("selfDeclaredMadeForKids")]
    public bool? SelfDeclaredMadeForKids { get; set; }

    [JsonProperty("containsSyntheticMedia")]
    public bool? ContainsSyntheticMedia { get; set; }
}

internal sealed record VideoProcessing
{
    /// <summary>processing, succeeded, failed, terminated.</summary>
    [JsonProperty("processingStatus")]
    public string? ProcessingStatus { get; set; }

    [JsonProperty("processingFailureReason")]
    public string? ProcessingFailureReason { get; set; }
}
