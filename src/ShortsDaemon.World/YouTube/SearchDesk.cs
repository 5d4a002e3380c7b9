using System.Text.Json.Nodes;

namespace ShortsDaemon.World.YouTube;

/// <summary>search.list of the user's own videos: a hundred a day, and it knows nothing of the last day.</summary>
internal sealed class SearchDesk(YouTubeState state)
{
    private static readonly TimeSpan Stale = TimeSpan.FromDays(1);

    public Task ListAsync(ApiCall call)
    {
        call.Parts("id", "snippet");
        var channel = call.Channel;
        return call.AnswerAsync(
            state.Locked(() =>
            {
                var found = state
                    .Videos.Where(v => v.Channel == channel && v.DeletedAt is null && v.At + Stale <= state.Now)
                    .Reverse()
                    .Select(v => (Func<JsonObject>)(() => Of(v)))
                    .ToList();
                return ListJson.Page("youtube#searchListResponse", found, call, state.Rules);
            })
        );
    }

    private static JsonObject Of(Video video) =>
        new()
        {
            ["kind"] = "youtube#searchResult",
            ["id"] = new JsonObject { ["kind"] = "youtube#video", ["videoId"] = video.Id },
        };
}
