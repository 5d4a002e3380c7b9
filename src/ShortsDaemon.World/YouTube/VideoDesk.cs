using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.YouTube;

/// <summary>videos.list, videos.update and videos.delete.</summary>
internal sealed class VideoDesk(YouTubeState state)
{
    private static readonly string[] Known =
    [
        "id",
        "snippet",
        "status",
        "processingDetails",
        "suggestions",
        "contentDetails",
    ];
    private static readonly string[] OwnersOnly = ["processingDetails", "suggestions"];

    public Task ListAsync(ApiCall call)
    {
        var parts = call.Parts(Known);
        var ids = call.Values("id");
        if (ids.Count is 0 or > 50)
            throw new ApiException(
                ApiRefusal.BadRequest("missingRequiredParameter", "No filter selected: 1 to 50 ids.")
            );
        return call.AnswerAsync(
            state.Locked(() =>
            {
                var videos = ids.Select(state.Find).OfType<Video>().Where(v => IsVisible(v, call)).ToList();
                if (parts.Intersect(OwnersOnly).Any() && videos.Exists(v => v.Channel != call.MaybeChannel))
                    throw new ApiException(ApiRefusal.Forbidden);
                var items = videos.Select(v => VideoJson.Of(v, parts, state.Now)).ToList();
                return ListJson.Of("youtube#videoListResponse", items, state.Rules);
            })
        );
    }

    /// <summary>Replaces the whole of each part that is given: what is not sent again is gone.</summary>
    public async Task UpdateAsync(ApiCall call)
    {
        var parts = call.Parts("snippet", "status");
        var body = await call.ReadAsync<VideoBody>();
        MetadataRules.CheckParts(body, parts);
        await call.AnswerAsync(
            state.Locked(() =>
            {
                var video = Own(call, body.Id);
                if (body.Snippet is not null)
                    MetadataRules.Check(body.Snippet);
                if (body.Status is not null)
                    MetadataRules.Check(body.Status, video.WasPublic(state.Now));
                video.Snippet = body.Snippet ?? video.Snippet;
                if (body.Status is not null)
                    video.SetStatus(body.Status, state.Now);
                return VideoJson.Of(video, parts, state.Now);
            })
        );
    }

    public Task DeleteAsync(ApiCall call)
    {
        state.Locked(() => Own(call, call.Query("id")).DeletedAt = state.Now);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Video Own(ApiCall call, string? id)
    {
        var video = state.Find(id ?? "") ?? throw new ApiException(ApiRefusal.VideoNotFound);
        return video.Channel == call.Channel ? video : throw new ApiException(ApiRefusal.Forbidden);
    }

    private bool IsVisible(Video video, ApiCall call) =>
        video.Channel == call.MaybeChannel || video.PrivacyAt(state.Now) != "private";
}
