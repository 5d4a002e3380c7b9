using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Twitch;

/// <summary>GET /helix/clips/downloads: URLs that work for a minute, for the owner and the editors of a channel.</summary>
internal static class DownloadsRoute
{
    private static readonly string[] Scopes = ["editor:manage:clips", "channel:manage:clips"];

    public static IResult Answer(HttpContext http, TwitchWorld twitch)
    {
        var query = http.Request.Query;
        var (editor, broadcaster, ids) = (
            query["editor_id"].ToString(),
            query["broadcaster_id"].ToString(),
            query["clip_id"]
        );
        if (editor.Length == 0 || broadcaster.Length == 0 || ids.Count is 0 or > 10)
            return TwitchAnswers.HelixError(400, "editor_id, broadcaster_id and 1 to 10 parameters clip_id are needed");
        var token = http.Token();
        if (!token.Scopes.Intersect(Scopes, StringComparer.Ordinal).Any())
            return TwitchAnswers.HelixError(401, "Missing scope: editor:manage:clips or channel:manage:clips");
        if (token.UserId != editor)
            return TwitchAnswers.HelixError(401, "The ID in editor_id must match the user ID of the OAuth token");
        if (!twitch.Limits.TakeDownload(token).Taken)
            return TwitchAnswers.HelixError(429, "Too many requests");
        if (!twitch.Users.MayEdit(broadcaster, editor))
            return TwitchAnswers.HelixError(403, "The user is not an editor of the broadcaster");
        var clips = ids.Select(id => twitch.Clips.ById(id!)).Where(clip => clip?.BroadcasterId == broadcaster).ToList();
        if (clips.Count < ids.Count)
            return TwitchAnswers.HelixError(400, "The parameter clip_id holds an id that is not valid");
        return TwitchAnswers.Data(clips.Select(clip => Item(clip!, twitch, http.WorldUrl())));
    }

    private static object Item(TwitchClip clip, TwitchWorld twitch, string worldUrl) =>
        new
        {
            ClipId = clip.Id,
            LandscapeDownloadUrl = clip.Is.Downloadable
                ? $"{worldUrl}/files/{twitch.Files.Sign(clip.Id)}/{clip.Id}.mp4"
                : null,
            PortraitDownloadUrl = (string?)null,
        };
}
