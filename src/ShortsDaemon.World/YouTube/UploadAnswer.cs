using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.YouTube;

/// <summary>What the address of a session answers.</summary>
/// <param name="Status">0: nothing, the connection breaks.</param>
/// <param name="Words">Plain text: the upload server does not know the envelope of the other calls.</param>
/// <param name="Held">Bytes stored, for a 308.</param>
/// <param name="Video">The resource, once it is there.</param>
internal sealed record UploadAnswer(int Status, string? Words = null, long Held = 0, JsonObject? Video = null)
{
    public static UploadAnswer None { get; } = new(0);

    public static UploadAnswer Part(long held) => new(StatusCodes.Status308PermanentRedirect, Held: held);

    public static UploadAnswer Whole(JsonObject video) => new(StatusCodes.Status200OK, Video: video);

    public static UploadAnswer Wrong(string words) => new(StatusCodes.Status400BadRequest, words);

    public static UploadAnswer Lost(int status) => new(status, status == 410 ? "Gone" : "Not Found");

    public Task SendAsync(ApiCall call)
    {
        var response = call.Http.Response;
        if (Status == 0)
        {
            call.Http.Abort();
            return Task.CompletedTask;
        }
        response.StatusCode = Status;
        if (Video is not null)
            return call.AnswerAsync(Video);
        if (Words is not null)
        {
            response.ContentType = "text/plain; charset=utf-8";
            return response.WriteAsync(Words);
        }
        response.ContentLength = 0;
        if (Held > 0)
            response.Headers.Range = $"bytes=0-{Held - 1}";
        return Task.CompletedTask;
    }
}
