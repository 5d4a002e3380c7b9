using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ShortsDaemon.World.YouTube;

/// <summary>captions.list and captions.insert, the latter with words and file in one request.</summary>
internal sealed class CaptionDesk(YouTubeState state)
{
    private const string Standard = "standard";
    private const int LongestName = 150;

    public Task ListAsync(ApiCall call)
    {
        var parts = call.Parts("id", "snippet");
        return call.AnswerAsync(
            state.Locked(() =>
            {
                var video = Own(call, call.Query("videoId"));
                var items = video.Captions.Select(c => Of(video, c, parts)).ToList();
                return ListJson.Of("youtube#captionListResponse", items, state.Rules);
            })
        );
    }

    public async Task InsertAsync(ApiCall call)
    {
        var parts = call.Parts("snippet");
        var (snippet, file) = await ReadAsync(call);
        await call.AnswerAsync(
            state.Locked(() =>
            {
                var video = Own(call, snippet.VideoId);
                if (video.Captions.Exists(c => c.Kind == Standard && IsSame(c, snippet)))
                    throw new ApiException(ApiRefusal.CaptionExists);
                var added = new YouTubeCaptions(
                    YouTubeState.NewId(20),
                    snippet.Language!,
                    snippet.Name!,
                    Standard,
                    Encoding.UTF8.GetString(file)
                );
                video.Captions.Add(added);
                return Of(video, added, parts);
            })
        );
    }

    private static bool IsSame(YouTubeCaptions there, CaptionSnippet asked) =>
        there.Name == asked.Name && there.Language.Equals(asked.Language, StringComparison.OrdinalIgnoreCase);

    private Video Own(ApiCall call, string? id)
    {
        var video = state.Find(id ?? "") ?? throw new ApiException(ApiRefusal.VideoNotFound);
        return video.Channel == call.Channel ? video : throw new ApiException(ApiRefusal.Forbidden);
    }

    /// <summary>Two parts: first the JSON, then the file.</summary>
    private static async Task<(CaptionSnippet Snippet, byte[] File)> ReadAsync(ApiCall call)
    {
        var request = call.Http.Request;
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.MediaType != "multipart/related"
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary
        )
            throw new ApiException(ApiRefusal.BadRequest("badContent", "Only multipart/related is served here."));
        var reader = new MultipartReader(boundary, request.Body);
        var words = await NextAsync(reader, call);
        var snippet = Required((await call.ReadAsync<CaptionBody>(words)).Snippet);
        using var file = new MemoryStream();
        await (await NextAsync(reader, call)).CopyToAsync(file, call.Http.RequestAborted);
        return file.Length > 0 ? (snippet, file.ToArray()) : throw new ApiException(ContentRequired);
    }

    private static async Task<Stream> NextAsync(MultipartReader reader, ApiCall call) =>
        (await reader.ReadNextSectionAsync(call.Http.RequestAborted))?.Body ?? throw new ApiException(ContentRequired);

    private static CaptionSnippet Required(CaptionSnippet? snippet) =>
        snippet is { VideoId.Length: > 0, Language.Length: > 0, Name.Length: <= LongestName }
            ? snippet
            : throw new ApiException(
                new ApiRefusal(400, "invalidMetadata", "The request contains invalid metadata.", "youtube.caption")
            );

    private static ApiRefusal ContentRequired { get; } =
        new(400, "contentRequired", "The request does not contain the caption track contents.", "youtube.caption");

    private static JsonObject Of(Video video, YouTubeCaptions captions, IReadOnlyList<string> parts)
    {
        var json = new JsonObject { ["kind"] = "youtube#caption", ["id"] = captions.Id };
        if (!parts.Contains("snippet"))
            return json;
        var snippet = new JsonObject
        {
            ["videoId"] = video.Id,
            ["trackKind"] = captions.Kind,
            ["language"] = captions.Language,
            ["name"] = captions.Name,
            ["isDraft"] = false,
            ["status"] = captions.IsServed ? "serving" : "failed",
        };
        if (!captions.IsServed)
            snippet["failureReason"] = "unknownFormat";
        json["snippet"] = snippet;
        return json;
    }
}

internal sealed record CaptionBody(CaptionSnippet? Snippet);

internal sealed record CaptionSnippet(string? VideoId, string? Language, string? Name, bool? IsDraft = null);
