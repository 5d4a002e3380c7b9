using System.Text.Json.Nodes;

namespace ShortsDaemon.World.YouTube;

/// <summary>playlistItems.list and playlistItems.insert.</summary>
internal sealed class PlaylistDesk(YouTubeState state)
{
    public Task ListAsync(ApiCall call)
    {
        var parts = call.Parts("id", "snippet", "contentDetails", "status");
        var id = call.Query("playlistId") ?? "";
        return call.AnswerAsync(
            state.Locked(() =>
            {
                var entries = Uploads(id) ?? state.FindPlaylist(id)?.Entries;
                if (entries is null)
                    throw new ApiException(ApiRefusal.PlaylistNotFound);
                var shown = entries
                    .Where(e => IsVisible(e.Video, call))
                    .Select((e, i) => (Func<JsonObject>)(() => Of(id, e, i, parts)))
                    .ToList();
                return ListJson.Page("youtube#playlistItemListResponse", shown, call, state.Rules);
            })
        );
    }

    /// <summary>Called twice, it adds twice.</summary>
    public async Task InsertAsync(ApiCall call)
    {
        var parts = call.Parts("snippet");
        var asked = (await call.ReadAsync<PlaylistItemBody>()).Snippet;
        await call.AnswerAsync(
            state.Locked(() =>
            {
                var playlist =
                    state.FindPlaylist(asked?.PlaylistId ?? "") ?? throw new ApiException(ApiRefusal.PlaylistNotFound);
                if (playlist.Channel != call.Channel)
                    throw new ApiException(ApiRefusal.Forbidden);
                var video =
                    asked?.ResourceId is { Kind: "youtube#video" } resource
                    && state.Find(resource.VideoId ?? "") is { } found
                        ? found
                        : throw new ApiException(ApiRefusal.VideoNotFound);
                var entry = new PlaylistEntry(YouTubeState.NewId(20), video, state.Now);
                playlist.Entries.Add(entry);
                return Of(playlist.Id, entry, playlist.Entries.Count - 1, parts);
            })
        );
    }

    /// <summary>Newest first, a while behind, and with the ghosts of what is deleted, failed or rejected.</summary>
    private List<PlaylistEntry>? Uploads(string playlistId)
    {
        if (state.OwnerOfUploads(playlistId) is not { } channel)
            return null;
        var (now, rules) = (state.Now, state.Rules);
        return
        [
            .. state
                .Videos.Where(v => v.Channel == channel && v.At + rules.ListLag <= now)
                .Where(v => v.DeletedAt is not { } gone || now < gone + rules.GhostTime)
                .Reverse()
                .Select(v => new PlaylistEntry($"{playlistId}.{v.Id}", v, v.At)),
        ];
    }

    private bool IsVisible(Video video, ApiCall call) =>
        video.Channel == call.MaybeChannel || video.PrivacyAt(state.Now) == "public";

    private JsonObject Of(string playlist, PlaylistEntry entry, int position, IReadOnlyList<string> parts)
    {
        var video = entry.Video;
        var gone = video.DeletedAt is not null;
        var json = new JsonObject
        {
            ["kind"] = "youtube#playlistItem",
            ["etag"] = entry.Id,
            ["id"] = entry.Id,
        };
        if (parts.Contains("snippet"))
            json["snippet"] = new JsonObject
            {
                ["publishedAt"] = VideoJson.Text(entry.At),
                ["channelId"] = video.Channel.Id,
                ["title"] = gone ? "Deleted video" : video.Snippet.Title,
                ["description"] = gone ? "This video is unavailable." : video.Snippet.Description ?? "",
                ["playlistId"] = playlist,
                ["position"] = position,
                ["resourceId"] = new JsonObject { ["kind"] = "youtube#video", ["videoId"] = video.Id },
            };
        if (parts.Contains("contentDetails"))
            json["contentDetails"] = new JsonObject { ["videoId"] = video.Id };
        if (parts.Contains("status"))
            json["status"] = new JsonObject
            {
                ["privacyStatus"] = gone ? "privacyStatusUnspecified" : video.PrivacyAt(state.Now),
            };
        return json;
    }
}

internal sealed record PlaylistItemBody(PlaylistItemSnippet? Snippet)
{
    public string? Kind { get; init; }
}

internal sealed record PlaylistItemSnippet(string? PlaylistId, ResourceIdBody? ResourceId, int? Position = null);

internal sealed record ResourceIdBody(string? Kind, string? VideoId);
