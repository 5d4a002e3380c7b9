using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ShortsDaemon.World.Faults;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.World.Control;

/// <summary>/world: read what the world saw, and change it, while it runs. Neither recorded nor hit by faults.</summary>
internal static class ControlRoutes
{
    public static void MapControl(this IEndpointRouteBuilder routes, WorldServer world)
    {
        var group = routes.MapGroup("/world");
        group.MapGet("/", () => Summary(world)).Called("world.summary");
        group.MapGet("/calls/{operation}", (string operation) => Calls(world, operation)).Called("world.calls");
        group.MapGet("/faults", () => Faults(world)).Called("world.faults");
        group.MapPost("/faults", (HttpRequest request) => AddFaultsAsync(world, request)).Called("world.faults.add");
        group.MapDelete("/faults", () => world.Faults.Clear()).Called("world.faults.clear");
        group.MapGet("/youtube/uploads", () => Results.Json(world.YouTube.Uploads)).Called("world.youtube.uploads");
        group.MapGet("/youtube/quota", () => Results.Json(world.YouTube.QuotaDays())).Called("world.youtube.quota");
        group.MapPost("/twitch/broadcasters", (NewBroadcaster it) => Add(world, it)).Called("world.broadcasters.add");
        group.MapPost("/twitch/clips", (NewClipOf it) => Add(world, it)).Called("world.clips.add");
        group.MapDelete("/twitch/clips/{id}", (string id) => world.Twitch.DeleteClip(id)).Called("world.clips.delete");
    }

    private static IResult Summary(WorldServer world) =>
        Results.Json(
            new
            {
                time = world.Options.Time.GetUtcNow(),
                calls = world
                    .Calls.All.GroupBy(call => call.Operation, StringComparer.Ordinal)
                    .OrderBy(calls => calls.Key, StringComparer.Ordinal)
                    .ToDictionary(calls => calls.Key, calls => calls.Count(), StringComparer.Ordinal),
            }
        );

    private static IResult Calls(WorldServer world, string operation) =>
        Results.Json(
            world
                .Calls.Of(operation)
                .Select(call => new
                {
                    call.At,
                    call.Method,
                    call.Target,
                    call.Status,
                    call.Fault,
                })
        );

    private static IResult Faults(WorldServer world) =>
        Results.Json(
            world.Faults.Rules.Select(fault => new
            {
                fault.Rule.Call,
                fault.Rule.Do,
                fault.Rule.From,
                fault.Rule.Times,
                fault.Rule.Every,
                fault.Rule.Where,
                fault.Met,
            })
        );

    private static async Task<IResult> AddFaultsAsync(WorldServer world, HttpRequest request)
    {
        using var script = new MemoryStream();
        await request.Body.CopyToAsync(script);
        try
        {
            return Results.Json(new { added = world.Faults.AddScript(script.ToArray(), "request") });
        }
        catch (FaultScriptException wrong)
        {
            return Results.BadRequest(new { problem = wrong.Message });
        }
    }

    private static IResult Add(WorldServer world, NewBroadcaster broadcaster) =>
        world.Twitch.Users.ByLogin(broadcaster.Login) is null
            ? Results.Json(new { id = world.Twitch.AddBroadcaster(broadcaster.Login) })
            : Results.BadRequest(new { problem = $"'{broadcaster.Login}' is there already" });

    private static IResult Add(WorldServer world, NewClipOf clip) =>
        world.Twitch.Users.ByLogin(clip.Broadcaster) is null
            ? Results.BadRequest(new { problem = $"nobody is called '{clip.Broadcaster}'; add the broadcaster first" })
            : Results.Json(
                new { id = world.Twitch.AddClip(clip.Broadcaster, clip.Of(world.Options.Time.GetUtcNow())) }
            );
}

/// <param name="Login">Lower case name.</param>
internal sealed record NewBroadcaster(string Login);

/// <param name="Broadcaster">Login.</param>
/// <param name="Title">As its creator named it.</param>
/// <param name="CreatedAt">Null: now.</param>
/// <param name="Duration">In s.</param>
/// <param name="Views">How often it was seen.</param>
internal sealed record NewClipOf(
    string Broadcaster,
    string Title,
    DateTimeOffset? CreatedAt = null,
    double Duration = 20,
    int Views = 10
)
{
    public NewClip Of(DateTimeOffset now) => new(Title, CreatedAt ?? now) { Duration = Duration, Views = Views };
}
