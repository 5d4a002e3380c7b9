using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ShortsDaemon.World.Google;

internal static class GoogleRoutes
{
    public static void MapGoogle(this IEndpointRouteBuilder routes, GoogleWorld google)
    {
        var desk = new TokenDesk(google);
        routes.MapGet("/google/auth", new ConsentPage(google).ShowAsync).Called("google.auth");
        routes.MapPost("/google/token", desk.ExchangeAsync).Called("google.token");
        routes.MapPost("/google/revoke", desk.RevokeAsync).Called("google.revoke");
    }
}
