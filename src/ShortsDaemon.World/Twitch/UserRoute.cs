using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Twitch;

/// <summary>GET /helix/users: by id and login, together 100 at most; whom nobody knows is left out.</summary>
internal static class UserRoute
{
    public static IResult Answer(HttpContext http, TwitchWorld twitch)
    {
        var (ids, logins) = (http.Request.Query["id"], http.Request.Query["login"]);
        if (ids.Count + logins.Count > 100)
            return TwitchAnswers.HelixError(400, "The maximum number of id and login parameters is 100");
        if (ids.Count + logins.Count > 0)
            return Users([
                .. ids.Select(id => twitch.Users.ById(id!)),
                .. logins.Select(l => twitch.Users.ByLogin(l!)),
            ]);
        return http.Token().UserId is { } owner
            ? Users([twitch.Users.ById(owner)])
            : TwitchAnswers.HelixError(400, "The parameter id or login is needed with an app access token");
    }

    private static IResult Users(IEnumerable<TwitchUser?> users) =>
        TwitchAnswers.Data(users.OfType<TwitchUser>().Where(user => !user.Banned).Distinct().Select(Item));

    private static object Item(TwitchUser user) =>
        new
        {
            user.Id,
            user.Login,
            user.DisplayName,
            Type = "",
            BroadcasterType = "affiliate",
            Description = "",
            ProfileImageUrl = "",
            OfflineImageUrl = "",
            ViewCount = 0,
            CreatedAt = "2019-05-02T09:00:00Z",
        };
}
