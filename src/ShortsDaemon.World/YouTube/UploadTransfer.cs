using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace ShortsDaemon.World.YouTube;

/// <summary>What comes to the address of a session: chunks, the question how far it is, and its end.</summary>
internal sealed class UploadTransfer(YouTubeState state, ChunkReader reader)
{
    public async Task PutAsync(ApiCall call)
    {
        var http = call.Http;
        LiftLimits(http);
        var (session, status) = Find(call);
        if (session is null)
        {
            await SayAsync(http, status, status == 410 ? "Gone" : "Not Found");
            return;
        }
        using var turn = await session.TakeOverAsync();
        if (session.Video is { } there)
            await call.AnswerAsync(Resource(there, session));
        else if (Read(http.Request, session) is not { } range)
            await SayAsync(http, 400, "Failed to parse Content-Range header.");
        else if (range.Start is null)
            SayHeld(http, session);
        else
            await TakeAsync(call, session, range, turn.PushedOut);
    }

    /// <summary>The client gives up. The status is no slip: the upload server says that the client closed the request.</summary>
    public async Task DeleteAsync(ApiCall call)
    {
        var (session, status) = Find(call);
        if (session is null)
        {
            await SayAsync(call.Http, status, "Not Found");
            return;
        }
        using var turn = await session.TakeOverAsync();
        state.Sessions.Drop(session.Id, StatusCodes.Status404NotFound);
        call.Http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
    }

    private async Task TakeAsync(ApiCall call, UploadSession session, ContentRange range, CancellationToken pushedOut)
    {
        session.Total ??= range.Total;
        var outcome = await reader.ReadAsync(call.Http, session, range, pushedOut);
        if (outcome == ChunkOutcome.Cut)
            call.Http.Abort();
        else if (outcome == ChunkOutcome.WrongSize)
            await SayAsync(call.Http, 400, "The chunk has another size than it says, or none of 256 KiB steps.");
        else if (session.Held != session.Total)
            SayHeld(call.Http, session);
        else
            await FinishAsync(call, session);
    }

    private async Task FinishAsync(ApiCall call, UploadSession session)
    {
        session.Video = state.Add(session.Channel, await KeepAsync(session), session.Body, session.NotifiesSubscribers);
        if (state.Wire.TakeLostAnswer())
            call.Http.Abort();
        else
            await call.AnswerAsync(Resource(session.Video, session));
    }

    private async Task<StoredFile> KeepAsync(UploadSession session)
    {
        string hash;
        await using (var bytes = File.OpenRead(session.File))
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, CancellationToken.None));
        if (state.Rules.KeepsFiles)
        {
            var kept = Path.ChangeExtension(session.File, ".mp4");
            File.Move(session.File, kept, overwrite: true);
            return new StoredFile(kept, hash, session.Held);
        }
        File.Delete(session.File);
        return new StoredFile(null, hash, session.Held);
    }

    private JsonObject Resource(Video video, UploadSession session) =>
        state.Locked(() => VideoJson.Of(video, session.Parts, state.Now));

    /// <summary>A session is its channel's: the token of somebody else finds nothing there.</summary>
    private (UploadSession? Session, int Status) Find(ApiCall call)
    {
        var (session, status) = state.Sessions.Find(call.Query("upload_id") ?? "", state.Rules.SessionLife);
        return session is null || session.Channel == call.MaybeChannel
            ? (session, status)
            : (null, StatusCodes.Status404NotFound);
    }

    /// <returns>Null: no such range, or one of another file. A body without the header is the whole file.</returns>
    private static ContentRange? Read(HttpRequest request, UploadSession session)
    {
        var header = request.Headers.ContentRange.ToString();
        var length = request.ContentLength ?? session.Total;
        var range =
            header.Length > 0 ? ContentRange.Parse(header)
            : length > 0 ? new ContentRange(0, length - 1, length)
            : null;
        return range?.Total is { } total && session.Total is { } known && total != known ? null : range;
    }

    private static void SayHeld(HttpContext http, UploadSession session)
    {
        http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        http.Response.ContentLength = 0;
        if (session.Held > 0)
            http.Response.Headers.Range = $"bytes=0-{session.Held - 1}";
    }

    private static Task SayAsync(HttpContext http, int status, string words)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(words);
    }

    private static void LiftLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }
}
