using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ShortsDaemon.World.Twitch;

/// <summary>Where tokens come from: /oauth2.</summary>
internal static class OAuthRoutes
{
    public static void MapTwitchOAuth(this IEndpointRouteBuilder routes, TwitchWorld twitch)
    {
        var tokens = new TokenGrants(twitch, new DeviceLogins(twitch));
        var group = routes.MapGroup("/oauth2");
        group.MapPost("/token", tokens.TokenAsync).Called("twitch.token");
        group.MapPost("/device", tokens.DeviceAsync).Called("twitch.device");
        group.MapGet("/validate", (HttpRequest request) => Validate(request, twitch)).Called("twitch.validate");
        group.MapPost("/revoke", (HttpRequest request) => RevokeAsync(request, twitch)).Called("twitch.revoke");
        // A wrong method meets no page, not "method not allowed".
        group.Map("/{**any}", () => Results.NotFound()).Called("twitch.oauth");
    }

    private static IResult Validate(HttpRequest request, TwitchWorld twitch)
    {
        var given = request.Headers.Authorization.ToString().Split(' ');
        if (given is not ["OAuth" or "Bearer", var access] || twitch.Tokens.Find(access) is not { } token)
            return TwitchAnswers.AuthError(401, "invalid access token");
        var scopes = twitch.Switches.NullScopes ? null : token.Scopes;
        var expiresIn = token.SecondsLeft(twitch.Time.GetUtcNow());
        return token.UserId is null
            ? TwitchAnswers.Json(
                new
                {
                    TwitchWorld.ClientId,
                    Scopes = scopes,
                    ExpiresIn = expiresIn,
                }
            )
            : TwitchAnswers.Json(
                new
                {
                    TwitchWorld.ClientId,
                    twitch.Users.ById(token.UserId)!.Login,
                    Scopes = scopes,
                    token.UserId,
                    ExpiresIn = expiresIn,
                }
            );
    }

    private static async Task<IResult> RevokeAsync(HttpRequest request, TwitchWorld twitch)
    {
        var form = await request.ReadFormAsync();
        if (form["client_id"] != TwitchWorld.ClientId)
            return TwitchAnswers.AuthError(400, "invalid client");
        return twitch.Tokens.Revoke(form["token"].ToString())
            ? Results.Ok()
            : TwitchAnswers.AuthError(400, "Invalid token");
    }
}
