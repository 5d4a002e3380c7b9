namespace ShortsDaemon.World.YouTube;

/// <summary>A video as a client sends it.</summary>
internal sealed record VideoBody(string? Id = null, SnippetBody? Snippet = null, StatusBody? Status = null)
{
    public string? Kind { get; init; }
    public string? Etag { get; init; }
}

internal sealed record SnippetBody(
    string? Title = null,
    string? Description = null,
    IReadOnlyList<string>? Tags = null,
    string? CategoryId = null,
    string? DefaultLanguage = null,
    string? DefaultAudioLanguage = null
);

internal sealed record StatusBody(
    string? PrivacyStatus = null,
    string? PublishAt = null,
    bool? SelfDeclaredMadeForKids = null,
    bool? ContainsSyntheticMedia = null,
    string? License = null,
    bool? Embeddable = null,
    bool? PublicStatsViewable = null
);
