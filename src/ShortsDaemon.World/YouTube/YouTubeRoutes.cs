using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ShortsDaemon.World.Google;

namespace ShortsDaemon.World.YouTube;

internal static class YouTubeRoutes
{
    private const string Chunk = "youtube.upload.chunk";
    private const string Ask = "youtube.upload.ask";

    /// <summary>Google's own client puts a word before the path of an upload.</summary>
    private static readonly string[] UploadRoots = ["/upload", "/resumable/upload"];

    public static void MapYouTube(this IEndpointRouteBuilder routes, GoogleWorld google, YouTubeState state)
    {
        var door = new ApiDoor(google, state);
        MapData(routes, door, state);
        foreach (var root in UploadRoots)
            MapUploads(routes, root, door, state);
    }

    private static void MapData(IEndpointRouteBuilder routes, ApiDoor door, YouTubeState state)
    {
        var (videos, playlists) = (new VideoDesk(state), new PlaylistDesk(state));
        var captions = new CaptionDesk(state);
        routes
            .MapGet("/youtube/v3/videos", door.Serve(Access.Read, Cost.List, videos.ListAsync))
            .Called("youtube.videos");
        routes
            .MapPut("/youtube/v3/videos", door.Serve(Access.Manage, Cost.Write, videos.UpdateAsync))
            .Called("youtube.videos.update");
        routes
            .MapDelete("/youtube/v3/videos", door.Serve(Access.Manage, Cost.Write, videos.DeleteAsync))
            .Called("youtube.videos.delete");
        routes
            .MapGet("/youtube/v3/channels", door.Serve(Access.Read, Cost.List, new ChannelDesk(state).ListAsync))
            .Called("youtube.channels");
        routes
            .MapGet("/youtube/v3/playlistItems", door.Serve(Access.Read, Cost.List, playlists.ListAsync))
            .Called("youtube.playlistItems");
        routes
            .MapPost("/youtube/v3/playlistItems", door.Serve(Access.Manage, Cost.Write, playlists.InsertAsync))
            .Called("youtube.playlistItems.insert");
        routes
            .MapGet("/youtube/v3/captions", door.Serve(Access.Captions, Cost.CaptionList, captions.ListAsync))
            .Called("youtube.captions");
        routes
            .MapGet("/youtube/v3/search", door.Serve(Access.Read, Cost.Search, new SearchDesk(state).ListAsync))
            .Called("youtube.search");
    }

    private static void MapUploads(IEndpointRouteBuilder routes, string root, ApiDoor door, YouTubeState state)
    {
        var transfer = new UploadTransfer(state, new ChunkReader(state));
        var thumbnails = new ThumbnailDesk(state);
        var (videos, pictures) = ($"{root}/youtube/v3/videos", $"{root}/youtube/v3/thumbnails/set");
        routes
            .MapPost(videos, door.Serve(Access.Upload, Cost.Upload, new UploadStart(state).StartAsync))
            .Called("youtube.upload.start");
        routes
            .MapPut(videos, door.Serve(Access.Upload, Cost.Free, transfer.PutAsync))
            .Called(ChunkOrQuestion, Chunk, Ask);
        routes
            .MapDelete(videos, door.Serve(Access.Upload, Cost.Free, transfer.DeleteAsync))
            .Called("youtube.upload.cancel");
        routes
            .MapPost(pictures, door.Serve(Access.Upload, Cost.Write, thumbnails.PostAsync))
            .Called("youtube.thumbnails");
        routes
            .MapPost(
                $"{root}/youtube/v3/captions",
                door.Serve(Access.Captions, Cost.CaptionInsert, new CaptionDesk(state).InsertAsync)
            )
            .Called("youtube.captions.insert");
        routes.MapPut(pictures, door.Serve(Access.Upload, Cost.Free, thumbnails.PutAsync)).Called("youtube.thumbnails");
    }

    private static string ChunkOrQuestion(HttpRequest request) =>
        ContentRange.IsQuestion(request.Headers.ContentRange.ToString()) ? Ask : Chunk;
}
