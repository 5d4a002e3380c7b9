using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ShortsDaemon.World.Google;

namespace ShortsDaemon.World.YouTube;

/// <summary>thumbnails.set, with the picture in the request or in a session of its own.</summary>
internal sealed class ThumbnailDesk(YouTubeState state)
{
    private readonly ConcurrentDictionary<string, string> _sessions = new(StringComparer.Ordinal);

    public async Task PostAsync(ApiCall call)
    {
        var video = Accepting(call, call.Query("videoId") ?? "");
        if (call.Query("uploadType") != "resumable")
        {
            await SetAsync(call, video);
            return;
        }
        var id = Secrets.Make("AT-");
        _sessions[id] = video.Id;
        var request = call.Http.Request;
        call.Http.Response.Headers.Location =
            $"{request.Scheme}://{request.Host}{request.Path}?uploadType=resumable&videoId={video.Id}&upload_id={id}";
    }

    /// <summary>The picture of a session; it comes in one piece.</summary>
    public Task PutAsync(ApiCall call)
    {
        if (!_sessions.TryGetValue(call.Query("upload_id") ?? "", out var video))
            throw new ApiException(new ApiRefusal(404, "notFound", "No such upload session."));
        return SetAsync(call, Accepting(call, video));
    }

    private async Task SetAsync(ApiCall call, Video video)
    {
        var picture = await ReadAsync(call.Http);
        if (picture.Length == 0)
            throw new ApiException(ApiRefusal.MediaBodyRequired with { Domain = "youtube.thumbnail" });
        if (picture.Length > state.Rules.ThumbnailBytes)
            throw new ApiException(
                new ApiRefusal(413, "uploadTooLarge", $"Media is too large. Limit: {state.Rules.ThumbnailBytes}")
            );
        if (!IsJpeg(picture) && !IsPng(picture))
            throw new ApiException(
                new ApiRefusal(400, "invalidImage", "The provided image content is invalid.", "youtube.thumbnail")
            );
        state.Locked(() => video.ThumbnailSha256 = Convert.ToHexStringLower(SHA256.HashData(picture)));
        var address = $"https://i.ytimg.example/vi/{video.Id}/default.jpg";
        var item = new JsonObject { ["default"] = new JsonObject { ["url"] = address } };
        await call.AnswerAsync(ListJson.Of("youtube#thumbnailSetResponse", [item], state.Rules));
    }

    /// <summary>Only the owner, only once the video is processed, only on a channel that is verified.</summary>
    private Video Accepting(ApiCall call, string id) =>
        state.Locked(() =>
        {
            var video = state.Find(id) ?? throw new ApiException(ApiRefusal.VideoNotFound);
            var accepts =
                video.Channel == call.Channel
                && video.Channel.MayHaveThumbnails
                && video.StateAt(state.Now) == "processed";
            return accepts
                ? video
                : throw new ApiException(
                    new ApiRefusal(
                        403,
                        "forbidden",
                        "The thumbnail can't be set for the specified video. The request might not be properly authorized.",
                        "youtube.thumbnail"
                    )
                );
        });

    /// <returns>The body; one byte more than allowed when there is more.</returns>
    private async Task<byte[]> ReadAsync(HttpContext http)
    {
        var buffer = new byte[state.Rules.ThumbnailBytes + 1];
        var read = await http.Request.Body.ReadAtLeastAsync(
            buffer,
            buffer.Length,
            throwOnEndOfStream: false,
            http.RequestAborted
        );
        return buffer[..read];
    }

    private static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    private static bool IsPng(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]);
}
