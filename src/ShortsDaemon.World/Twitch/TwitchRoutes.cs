using Microsoft.AspNetCore.Routing;

namespace ShortsDaemon.World.Twitch;

internal static class TwitchRoutes
{
    public static void MapTwitch(this IEndpointRouteBuilder routes, TwitchWorld twitch)
    {
        routes.MapTwitchOAuth(twitch);
        routes.MapTwitchHelix(twitch);
        routes.MapTwitchFiles(twitch);
    }
}
