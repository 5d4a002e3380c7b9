using System.Text.Json.Nodes;

namespace ShortsDaemon.World.YouTube;

/// <summary>channels.list for the user's own channel. A user without one gets no items.</summary>
internal sealed class ChannelDesk(YouTubeState state)
{
    public Task ListAsync(ApiCall call)
    {
        var parts = call.Parts("id", "snippet", "contentDetails", "status");
        if (call.Query("mine") != "true")
            throw new ApiException(ApiRefusal.BadRequest("missingRequiredParameter", "No filter selected: mine."));
        IReadOnlyCollection<JsonObject> items = call.MaybeChannel is { } own ? [Of(own, parts)] : [];
        return call.AnswerAsync(ListJson.Of("youtube#channelListResponse", items, state.Rules));
    }

    private static JsonObject Of(Channel channel, IReadOnlyList<string> parts)
    {
        var json = new JsonObject
        {
            ["kind"] = "youtube#channel",
            ["etag"] = channel.Id,
            ["id"] = channel.Id,
        };
        if (parts.Contains("snippet"))
            json["snippet"] = new JsonObject { ["title"] = channel.Title, ["description"] = "" };
        if (parts.Contains("contentDetails"))
            json["contentDetails"] = new JsonObject
            {
                ["relatedPlaylists"] = new JsonObject { ["likes"] = "", ["uploads"] = channel.UploadsPlaylist },
            };
        if (parts.Contains("status"))
            json["status"] = new JsonObject
            {
                ["privacyStatus"] = "public",
                ["isLinked"] = true,
                ["longUploadsStatus"] = "allowed",
            };
        return json;
    }
}
