using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ShortsDaemon.Host.Web.Channels;
using ShortsDaemon.Host.Web.Security;

namespace ShortsDaemon.Host.Web.Uploads;

/// <summary>The form that uploads without a script, and the button that removes an upload.</summary>
internal static class UploadPages
{
    // What a form has around the file.
    private const long Around = 64 * 1024;
    private const int LongestToken = 4096;

    public static void Map(IEndpointRouteBuilder room)
    {
        room.MapPost("/channels/{channel}/uploads", UploadAsync).WithMetadata(OwnBodyLimit.Instance);
        room.MapPost("/channels/{channel}/uploads/remove", Remove);
    }

    private static IResult Remove(string channel, [FromForm] string of, UploadDoor door)
    {
        try
        {
            door.Remove(of);
        }
        catch (UploadException e) when (e.Status == StatusCodes.Status404NotFound)
        {
            // What has gone meanwhile needs no complaint: the page then shows that it has.
        }
        return Results.LocalRedirect(ChannelPages.Address(channel, "#upload"));
    }

    private static async Task<IResult> UploadAsync(
        string channel,
        HttpContext http,
        UploadDoor door,
        IAntiforgery antiforgery,
        ChannelReader reader
    )
    {
        try
        {
            if (await reader.FindAsync(channel, http.RequestAborted) is not { } name)
                return await ChannelPages.TellAsync(channel, reader, null, 404, http.RequestAborted);
            return await TakeAsync(name, http, door, antiforgery);
        }
        catch (UploadException e)
        {
            return await ChannelPages.TellAsync(channel, reader, e.Message, e.Status, http.RequestAborted);
        }
    }

    // The framework would write the whole form to a file of its own before anybody looks at it.
    private static async Task<IResult> TakeAsync(
        string channel,
        HttpContext http,
        UploadDoor door,
        IAntiforgery antiforgery
    )
    {
        var form = Open(http.Request, door.Most);
        var isAllowed = false;
        while (await form.ReadNextSectionAsync(http.RequestAborted) is { } part)
        {
            var about = part.GetContentDispositionHeader();
            if (about?.IsFormDisposition() == true && !isAllowed)
                isAllowed = await IsOursAsync(http, antiforgery, part);
            else if (about?.IsFileDisposition() == true && isAllowed)
            {
                var given = about.FileNameStar.HasValue ? about.FileNameStar : about.FileName;
                var file = HeaderUtilities.RemoveQuotes(given).ToString();
                // A form does not say how large its file is: at most what is left of it.
                var most = Math.Min(http.Request.ContentLength!.Value, door.Most);
                await door.TakeWholeAsync(door.Announce(channel, file, most, Visitor.Of(http)), part.Body);
            }
        }
        return isAllowed
            ? Results.LocalRedirect(ChannelPages.Address(channel, "#upload"))
            : throw new UploadException(
                StatusCodes.Status400BadRequest,
                "The form is not of this page.",
                "Load it anew."
            );
    }

    private static MultipartReader Open(HttpRequest request, long most)
    {
        if (request.ContentLength is not { } length)
            throw new UploadException(
                StatusCodes.Status411LengthRequired,
                "Its size is not told.",
                "Send Content-Length."
            );
        if (length > most + Around)
            throw UploadException.TooLarge((int)(most / 1024 / 1024));
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = length;
        return
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary
            ? new MultipartReader(boundary.ToString(), request.Body)
            : throw new UploadException(StatusCodes.Status415UnsupportedMediaType, "This is no form.", "Send a form.");
    }

    // Read as a header, so that the check itself does not read the form.
    private static async Task<bool> IsOursAsync(HttpContext http, IAntiforgery antiforgery, MultipartSection part)
    {
        using var reader = new StreamReader(part.Body);
        var token = new char[LongestToken];
        var count = await reader.ReadBlockAsync(token, http.RequestAborted);
        http.Request.Headers["RequestVerificationToken"] = new string(token, 0, count);
        return await antiforgery.IsRequestValidAsync(http);
    }
}
