using System.Globalization;
using Microsoft.AspNetCore.Http;
using ShortsDaemon.World.Google;

namespace ShortsDaemon.World.YouTube;

/// <summary>The POST that opens a session: all about the video but its bytes.</summary>
internal sealed class UploadStart(YouTubeState state)
{
    private static readonly string[] Sendable = ["snippet", "status"];

    public async Task StartAsync(ApiCall call)
    {
        var channel = call.Channel;
        if (call.Query("uploadType") != "resumable")
            throw new ApiException(ApiRefusal.BadRequest("badRequest", "Only uploadType=resumable is served here."));
        var parts = call.Parts(Sendable);
        var body = await call.ReadAsync<VideoBody>();
        MetadataRules.CheckParts(body, parts);
        MetadataRules.Check(body.Snippet ?? new SnippetBody());
        MetadataRules.Check(body.Status ?? new StatusBody(), wasPublic: false);
        CheckMedia(call.Http.Request.Headers);
        CheckCap(channel);
        var session = Open(call, channel, parts, body);
        call.Http.Response.Headers["X-GUploader-UploadID"] = session.Id;
        call.Http.Response.Headers.Location = Address(call.Http.Request, session);
    }

    private UploadSession Open(ApiCall call, Channel channel, IReadOnlyList<string> parts, VideoBody body)
    {
        var id = Secrets.Make("AW-");
        Directory.CreateDirectory(state.MediaFolder);
        var session = new UploadSession(id, channel, call.Project, body, Path.Combine(state.MediaFolder, id + ".part"))
        {
            Parts = parts,
            StartedAt = state.Now,
            NotifiesSubscribers = call.Query("notifySubscribers") != "false",
            Total = Length(call.Http.Request.Headers),
        };
        state.Sessions.Add(session);
        return session;
    }

    private static string Address(HttpRequest request, UploadSession session) =>
        $"{request.Scheme}://{request.Host}{request.Path}?uploadType=resumable&part={string.Join(',', session.Parts)}&upload_id={session.Id}";

    private static void CheckMedia(IHeaderDictionary headers)
    {
        var type = headers["X-Upload-Content-Type"].ToString();
        if (type is not ("" or "application/octet-stream") && !type.StartsWith("video/", StringComparison.Ordinal))
            throw new ApiException(ApiRefusal.BadRequest("badContent", $"Media type '{type}' is not supported."));
        if (Length(headers) == 0)
            throw new ApiException(ApiRefusal.MediaBodyRequired);
    }

    private void CheckCap(Channel channel)
    {
        var since = state.Now - TimeSpan.FromDays(1);
        var sent = state.Locked(() => state.Videos.Count(v => v.Channel == channel && v.At > since));
        if (sent >= channel.Cap)
            throw new ApiException(ApiRefusal.ChannelLimit);
    }

    private static long? Length(IHeaderDictionary headers) =>
        long.TryParse(headers["X-Upload-Content-Length"], CultureInfo.InvariantCulture, out var length) ? length : null;
}
