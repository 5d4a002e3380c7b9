using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace ShortsDaemon.World.Twitch;

/// <summary>The API: /helix. Every call needs a token and its client's id, and costs a point.</summary>
internal static class HelixRoutes
{
    public static void MapTwitchHelix(this IEndpointRouteBuilder routes, TwitchWorld twitch)
    {
        var group = routes.MapGroup("/helix");
        group.AddEndpointFilter(
            async (call, next) => Admit(call.HttpContext, twitch) is { } refused ? refused : await next(call)
        );
        group.MapGet("/users", (HttpContext http) => UserRoute.Answer(http, twitch)).Called("twitch.users");
        group.MapGet("/games", (HttpContext http) => GameRoute.Answer(http, twitch)).Called("twitch.games");
        group.MapGet("/clips", (HttpContext http) => ClipsRoute.Answer(http, twitch)).Called("twitch.clips");
        group
            .MapGet("/clips/downloads", (HttpContext http) => DownloadsRoute.Answer(http, twitch))
            .Called("twitch.downloads");
    }

    /// <summary>The token that the call came with.</summary>
    public static IssuedToken Token(this HttpContext http) => http.Features.GetRequiredFeature<IssuedToken>();

    /// <summary>Where the caller finds this world.</summary>
    public static string WorldUrl(this HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    private static IResult? Admit(HttpContext http, TwitchWorld twitch)
    {
        var given = http.Request.Headers.Authorization.ToString();
        if (!given.StartsWith("Bearer ", StringComparison.Ordinal))
            return TwitchAnswers.HelixError(401, "OAuth token is missing");
        if (twitch.Tokens.Find(given["Bearer ".Length..]) is not { } token)
            return TwitchAnswers.HelixError(401, "Invalid OAuth token");
        if (http.Request.Headers["Client-Id"] != TwitchWorld.ClientId)
            return TwitchAnswers.HelixError(401, "Client ID and OAuth token do not match");
        http.Features.Set(token);
        return Spend(http, twitch.Limits.TakePoint(token));
    }

    private static IResult? Spend(HttpContext http, BucketState bucket)
    {
        http.Response.Headers["Ratelimit-Limit"] = bucket.Limit.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Ratelimit-Remaining"] = bucket.Remaining.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Ratelimit-Reset"] = bucket.Reset.ToString(CultureInfo.InvariantCulture);
        return bucket.Taken ? null : TwitchAnswers.HelixError(429, "Too many requests");
    }
}
