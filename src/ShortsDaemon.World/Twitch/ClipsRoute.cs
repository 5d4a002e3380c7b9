using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Twitch;

/// <summary>GET /helix/clips: of a broadcaster, of a game, or by id.</summary>
internal static class ClipsRoute
{
    public static IResult Answer(HttpContext http, TwitchWorld twitch)
    {
        var query = http.Request.Query;
        var (broadcaster, game, ids) = (query["broadcaster_id"], query["game_id"], query["id"]);
        if (new[] { broadcaster.Count, game.Count, ids.Count }.Count(given => given > 0) != 1)
            return Bad("Exactly one of the parameters id, game_id and broadcaster_id is needed");
        if (query["before"].Count > 0)
            return Bad("The parameter \"before\" is invalid: the cursor is not valid");
        if (!int.TryParse(query["first"].FirstOrDefault("20"), CultureInfo.InvariantCulture, out var first))
            return Bad("The parameter \"first\" was malformed");
        if (first is < 1 or > 100)
            return Bad("The parameter \"first\" must be from 1 to 100");
        if (ids.Count > 100)
            return Bad("The maximum number of id parameters is 100");
        if (game.Count > 0 && twitch.Games.ById(game!) is null)
            return TwitchAnswers.HelixError(404, "The game is not known");
        if (!ClipWindow.TryRead(query, twitch.Switches, out var window))
            return Bad("The parameter \"started_at\" or \"ended_at\" was malformed");
        if (!ClipPage.TryOffset(query["after"], out var offset))
            return Bad("The cursor in \"after\" is not valid");

        var clips = ids.Count > 0 ? ids.Select(id => twitch.Clips.ById(id!)).OfType<TwitchClip>().Distinct() : Listed();
        var page = ClipPage.Of([.. clips.Where(IsThere)], offset, first, twitch.Switches);
        return TwitchAnswers.Json(
            new
            {
                Data = page.Clips.Select(clip => ClipItem.Of(clip, twitch, http.WorldUrl())),
                Pagination = page.Next is { } next ? new { Cursor = next } : (object)new { },
            }
        );

        IEnumerable<TwitchClip> Listed()
        {
            var all = game.Count > 0 ? twitch.Clips.OfGame(game!) : twitch.Clips.OfBroadcaster(broadcaster!);
            return all.Where(window.Shows)
                .Where(clip =>
                    query["is_featured"].Count == 0 || query["is_featured"] == (clip.Is.Featured ? "true" : "false")
                )
                .OrderByDescending(clip => clip.Is.Views)
                .ThenBy(clip => clip.Id, StringComparer.Ordinal);
        }

        bool IsThere(TwitchClip clip) => twitch.Users.ById(clip.BroadcasterId) is { Banned: false };
    }

    private static IResult Bad(string message) => TwitchAnswers.HelixError(400, message);
}
