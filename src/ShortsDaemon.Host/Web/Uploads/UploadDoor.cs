using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Uploads;

/// <summary>Lets a recording in: announced with its size, then byte by byte, in one piece or many.</summary>
internal sealed class UploadDoor(
    UploadShelf shelf,
    UploadWriter writer,
    UploadDelivery delivery,
    DiskGuard guard,
    DataFolder data,
    LiveOptions live,
    TimeProvider time
)
{
    private const int MostOpen = 3;
    private const long MiB = 1024 * 1024;

    /// <summary>Largest recording, in bytes.</summary>
    public long Most => live.Value.Web.MaxUploadMiB * MiB;

    /// <param name="channel">Whose inbox it is for.</param>
    /// <param name="name">What the visitor calls it.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="visitor">Who sends it.</param>
    /// <exception cref="UploadException">It is not taken.</exception>
    public Upload Announce(string channel, string name, long length, string visitor)
    {
        var inbox = UploadInbox.Of(live.Value, channel);
        var clean = UploadName.Clean(name);
        if (length > Most)
            throw UploadException.TooLarge(live.Value.Web.MaxUploadMiB);
        if (length <= 0)
            throw new UploadException(StatusCodes.Status400BadRequest, "It is empty.", "Send a recording.");
        RequireRoom(length, inbox);
        return shelf.Add(new Upload(channel, clean, length, visitor, time.GetUtcNow()), MostOpen);
    }

    /// <summary>Takes the next bytes; with the last ones the recording goes into the inbox.</summary>
    /// <param name="id">Of the upload.</param>
    /// <param name="offset">Where these bytes belong.</param>
    /// <param name="body">The bytes.</param>
    /// <returns>How many have come now.</returns>
    /// <exception cref="UploadException">They are not taken.</exception>
    public async Task<long> TakeAsync(string id, long offset, Stream body)
    {
        var upload = Require(id);
        using var held = shelf.Hold(upload);
        var present = upload.Offset;
        if (offset != present)
            throw new UploadException(
                StatusCodes.Status409Conflict,
                $"These bytes belong at {offset}, but {present} have come so far.",
                "Ask with HEAD how far it is, and go on from there."
            );
        if (present < upload.Length)
            present = (await writer.AppendAsync(upload, body, upload.Length - present)).Length;
        if (present == upload.Length)
            await delivery.DeliverAsync(upload);
        return present;
    }

    /// <summary>Takes a recording in one piece whose size is only known at its end.</summary>
    /// <exception cref="UploadException">It is not taken; nothing of it is kept.</exception>
    public async Task TakeWholeAsync(Upload announced, Stream body)
    {
        using var held = shelf.Hold(announced);
        try
        {
            var came = await writer.AppendAsync(announced, body, announced.Length);
            if (came.IsCut)
                throw new UploadException(StatusCodes.Status400BadRequest, "The connection broke.", "Send it again.");
            var whole = announced with { Length = came.Length };
            UploadShelf.Save(whole);
            await delivery.DeliverAsync(whole);
        }
        catch (UploadException e) when (e.Status != StatusCodes.Status422UnprocessableEntity)
        {
            UploadShelf.Remove(announced);
            throw;
        }
    }

    /// <summary>Forgets an upload; a recording that lies in the inbox stays there.</summary>
    /// <exception cref="UploadException">There is none, or it is at work.</exception>
    public void Remove(string id)
    {
        var upload = Require(id);
        using var held = shelf.Hold(upload);
        UploadShelf.Remove(upload);
    }

    /// <exception cref="UploadException">There is no such upload.</exception>
    public Upload Require(string id) =>
        shelf.Find(id)
        ?? throw new UploadException(
            StatusCodes.Status404NotFound,
            "There is no such upload, or it was removed.",
            "Begin anew with POST /api/v1/uploads."
        );

    // What others have announced and not sent yet will be needed, too.
    private void RequireRoom(long length, string inbox)
    {
        try
        {
            var promised = shelf.All().Where(upload => upload.IsOpen).Sum(upload => upload.Length - upload.Offset);
            guard.Require(data.Uploads, length + promised);
            guard.Require(inbox, length);
        }
        catch (NoRoomException e)
        {
            throw UploadWriter.Full(e.Message);
        }
    }
}
