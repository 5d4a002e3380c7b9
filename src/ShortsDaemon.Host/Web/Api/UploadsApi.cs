using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Host.Web.Uploads;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>Recordings sent over the network, so that they can be gone on with: tus 1.0 (tus.io) with creation and termination.</summary>
internal static class UploadsApi
{
    private const string Version = "1.0.0";
    private const string Bytes = "application/offset+octet-stream";

    public static void Map(IEndpointRouteBuilder api)
    {
        var uploads = api.MapGroup("/uploads").AddEndpointFilter(SpeakAsync);
        uploads
            .MapMethods("", [HttpMethods.Options], Offer)
            .WithSummary("What of tus is spoken, and how large an upload may be.")
            .Produces(StatusCodes.Status204NoContent);
        uploads
            .MapGet("", (UploadShelf shelf) => Answer(shelf.All().Select(Describe)))
            .WithSummary("Recordings on their way in, and what became of the latest.")
            .Produces<object>();
        uploads
            .MapPost("", Announce)
            .WithSummary("Announces an upload (tus creation).")
            .Produces(StatusCodes.Status201Created);
        uploads
            .MapGet("/{id}", (string id, UploadDoor door) => Answer(Describe(door.Require(id))))
            .WithSummary("How an upload stands.")
            .Produces<object>();
        uploads
            .MapMethods("/{id}", [HttpMethods.Head], TellOffset)
            .WithSummary("From where the upload goes on.")
            .Produces(StatusCodes.Status200OK);
        uploads
            .MapMethods("/{id}", [HttpMethods.Patch], TakeAsync)
            .WithSummary("The next bytes of an upload.")
            .WithMetadata(OwnBodyLimit.Instance)
            .Produces(StatusCodes.Status204NoContent);
        uploads
            .MapDelete("/{id}", Remove)
            .WithSummary("Forgets an upload (tus termination).")
            .Produces(StatusCodes.Status204NoContent);
    }

    // Every answer says which protocol it is; what is not taken becomes a problem.
    private static async ValueTask<object?> SpeakAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        var (request, answer) = (context.HttpContext.Request, context.HttpContext.Response);
        answer.Headers["Tus-Resumable"] = Version;
        if (request.Headers["Tus-Resumable"].ToString() is { Length: > 0 } asked && asked != Version)
        {
            answer.Headers["Tus-Version"] = Version;
            return ApiProblem.Of(StatusCodes.Status412PreconditionFailed, "Only tus 1.0.0 is spoken.", "Send that.");
        }
        try
        {
            return await next(context);
        }
        catch (UploadException e)
        {
            return ApiProblem.Of(e.Status, e.What, e.Mend);
        }
    }

    private static IResult Offer(HttpResponse answer, UploadDoor door)
    {
        answer.Headers["Tus-Version"] = Version;
        answer.Headers["Tus-Extension"] = "creation,termination";
        answer.Headers["Tus-Max-Size"] = Say(door.Most);
        return Results.NoContent();
    }

    private static IResult Announce(HttpContext http, UploadDoor door)
    {
        var about = Metadata(http.Request.Headers["Upload-Metadata"].ToString());
        var upload = door.Announce(
            about.GetValueOrDefault("channel", ""),
            about.GetValueOrDefault("filename", ""),
            Number(http.Request, "Upload-Length"),
            Visitor.Of(http)
        );
        return Results.Created($"/api/v1/uploads/{upload.Id}", null);
    }

    private static IResult TellOffset(string id, HttpResponse answer, UploadDoor door)
    {
        var upload = door.Require(id);
        answer.Headers["Upload-Offset"] = Say(upload.Offset);
        answer.Headers["Upload-Length"] = Say(upload.Length);
        return Results.Ok();
    }

    private static async Task<IResult> TakeAsync(string id, HttpContext http, UploadDoor door)
    {
        if (http.Request.ContentType != Bytes)
            throw new UploadException(
                StatusCodes.Status415UnsupportedMediaType,
                "These are no bytes.",
                $"Send {Bytes}."
            );
        var offset = Number(http.Request, "Upload-Offset");
        var left = Math.Max(0, door.Require(id).Length - offset);
        if (http.Request.ContentLength > left)
            throw new UploadException(
                StatusCodes.Status413PayloadTooLarge,
                $"{http.Request.ContentLength} bytes are too many, {left} are left.",
                "Send the rest of the recording and nothing behind it."
            );
        // More than other requests may send, and never more than was announced.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = left;
        var present = await door.TakeAsync(id, offset, http.Request.Body);
        http.Response.Headers["Upload-Offset"] = Say(present);
        return Results.NoContent();
    }

    private static IResult Remove(string id, UploadDoor door)
    {
        door.Remove(id);
        return Results.NoContent();
    }

    private static object Describe(Upload upload) =>
        new
        {
            upload.Id,
            upload.Channel,
            upload.Name,
            upload.Length,
            upload.Offset,
            upload.CreatedAt,
            upload.IsDelivered,
            upload.Refused,
        };

    /// <returns>"key base64,key base64" taken apart; what is no base64 is left out.</returns>
    private static Dictionary<string, string> Metadata(string header)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split(' ', 2);
            var bytes = new byte[parts[^1].Length];
            if (parts.Length == 2 && Convert.TryFromBase64String(parts[1], bytes, out var count))
                found[parts[0]] = Encoding.UTF8.GetString(bytes, 0, count);
        }
        return found;
    }

    private static long Number(HttpRequest request, string header)
    {
        var text = request.Headers[header].ToString();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UploadException(
                StatusCodes.Status400BadRequest,
                $"{header} has to be a whole number of bytes, and is '{text}'.",
                "docs/control-room-api.md tells how to upload."
            );
    }

    private static string Say(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static IResult Answer(object value) => Results.Json(value, JsonOutput.Format);
}
