using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ShortsDaemon.World.Media;

namespace ShortsDaemon.World.Twitch;

/// <summary>Where the clips' files are: signed URLs, and the public address that a clip's "url" gives.</summary>
internal static class FileRoutes
{
    private const string Mp4 = "video/mp4";
    private static readonly string[] Read = ["GET", "HEAD"];

    public static void MapTwitchFiles(this IEndpointRouteBuilder routes, TwitchWorld twitch)
    {
        routes
            .MapMethods(
                "/files/{signature}/{clip}.mp4",
                Read,
                (string signature, string clip) =>
                    twitch.Files.IsValid(signature, clip) ? FileAsync(clip, twitch) : Task.FromResult(Refused())
            )
            .Called("twitch.file");
        routes.MapMethods("/clips/{clip}.mp4", Read, (string clip) => FileAsync(clip, twitch)).Called("twitch.page");
    }

    private static IResult Refused() =>
        Results.Text("<Error><Code>AccessDenied</Code></Error>", "application/xml", null, 403);

    private static async Task<IResult> FileAsync(string id, TwitchWorld twitch)
    {
        if (twitch.Clips.ById(id) is not { } clip || twitch.Users.ById(clip.BroadcasterId) is { Banned: true })
            return Results.NotFound();
        var ranges = !twitch.Switches.NoRange;
        if (clip.Is.SizeBytes is { } size)
            return Results.Stream(new ZeroStream(size), Mp4, enableRangeProcessing: ranges);
        var picture = new ClipPicture(id, clip.Is.Duration, clip.Is.Width, clip.Is.Height);
        return Results.File(await twitch.Media.FileAsync(picture), Mp4, enableRangeProcessing: ranges);
    }
}
