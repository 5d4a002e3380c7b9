using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Twitch;

/// <summary>GET /helix/clips.</summary>
internal static class ClipsRoute
{
    public static IResult Answer(HttpContext http, TwitchWorld twitch)
    {
        var (query, refused) = ClipQuery.Read(http.Request.Query, twitch);
        if (query is null)
            return refused!;
        if (query.IsLost(twitch.Games))
            return TwitchAnswers.HelixError(404, "The game is not known");
        var clips = query.Matches(twitch.Clips).Where(clip => IsThere(clip, twitch));
        var page = ClipPage.Of([.. clips], query.Offset, query.First, twitch.Switches);
        return TwitchAnswers.Json(
            new
            {
                Data = page.Clips.Select(clip => ClipItem.Of(clip, twitch, http.WorldUrl())),
                Pagination = page.Next is { } next ? new { Cursor = next } : (object)new { },
            }
        );
    }

    private static bool IsThere(TwitchClip clip, TwitchWorld twitch) =>
        twitch.Users.ById(clip.BroadcasterId) is { Banned: false };
}
