using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.YouTube;

/// <summary>What comes to the address of a session: chunks, the question how far it is, and its end.</summary>
internal sealed class UploadTransfer(YouTubeState state, ChunkReader reader)
{
    public async Task PutAsync(ApiCall call)
    {
        var (session, status) = Find(call);
        // The answer leaves after the turn: a client that does not take it keeps nobody from asking.
        var answer = session is null ? UploadAnswer.Lost(status) : await TurnAsync(call, session);
        await answer.SendAsync(call);
    }

    /// <summary>The client gives up. The status is no slip: the upload server says that the client closed the request.</summary>
    public async Task DeleteAsync(ApiCall call)
    {
        var (session, status) = Find(call);
        if (session is null)
        {
            await UploadAnswer.Lost(status).SendAsync(call);
            return;
        }
        using var turn = await session.TakeOverAsync();
        state.Sessions.Drop(session.Id, StatusCodes.Status404NotFound);
        call.Http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
    }

    private async Task<UploadAnswer> TurnAsync(ApiCall call, UploadSession session)
    {
        using var turn = await session.TakeOverAsync();
        if (!state.Sessions.IsOpen(session))
            return UploadAnswer.Lost(StatusCodes.Status404NotFound);
        if (session.Video is not null)
            return Whole(session);
        return Read(call.Http.Request, session) switch
        {
            null => UploadAnswer.Wrong("Failed to parse Content-Range header."),
            { Start: null } => UploadAnswer.Part(session.Held),
            { } range => await TakeAsync(call.Http, session, range, turn.PushedOut),
        };
    }

    private async Task<UploadAnswer> TakeAsync(
        HttpContext http,
        UploadSession session,
        ContentRange range,
        CancellationToken pushedOut
    )
    {
        session.Total ??= range.Total;
        var outcome = await reader.ReadAsync(http, session, range, pushedOut);
        return outcome switch
        {
            ChunkOutcome.Cut => UploadAnswer.None,
            ChunkOutcome.WrongSize => UploadAnswer.Wrong("A chunk is as long as it says, and in steps of 256 KiB."),
            _ when session.Held != session.Total => UploadAnswer.Part(session.Held),
            _ => await FinishAsync(session),
        };
    }

    private async Task<UploadAnswer> FinishAsync(UploadSession session)
    {
        var file = await KeepAsync(session);
        session.Video = state.Add(session.Channel, file, session.Body, session.NotifiesSubscribers);
        return state.Wire.TakeLostAnswer() ? UploadAnswer.None : Whole(session);
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

    private UploadAnswer Whole(UploadSession session) =>
        UploadAnswer.Whole(state.Locked(() => VideoJson.Of(session.Video!, session.Parts, state.Now)));

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
}
