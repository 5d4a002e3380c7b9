using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Twitch;

/// <summary>GET /helix/games: by id and exact name, together 100 at most.</summary>
internal static class GameRoute
{
    public static IResult Answer(HttpContext http, TwitchWorld twitch)
    {
        var (ids, names) = (http.Request.Query["id"], http.Request.Query["name"]);
        if (ids.Count + names.Count is 0 or > 100)
            return TwitchAnswers.HelixError(400, "1 to 100 parameters id or name are needed");
        var games = ids.Select(id => twitch.Games.ById(id!)).Concat(names.Select(name => twitch.Games.ByName(name!)));
        return TwitchAnswers.Data(games.OfType<TwitchGame>().Distinct().Select(Item));
    }

    private static object Item(TwitchGame game) =>
        new
        {
            game.Id,
            game.Name,
            BoxArtUrl = $"https://static-cdn.example/{game.Id}-{{width}}x{{height}}.jpg",
            IgdbId = "",
        };
}
