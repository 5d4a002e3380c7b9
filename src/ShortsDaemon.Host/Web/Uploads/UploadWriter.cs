using System.Buffers;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Uploads;

/// <summary>Writes the bytes of an upload to disk as they come. What has come stays when the connection breaks.</summary>
internal sealed class UploadWriter(DiskGuard guard)
{
    private const int Buffer = 1 << 17;

    /// <param name="upload">Where they go; held by the caller.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="most">More may not come.</param>
    /// <exception cref="UploadException">More came than was announced, and nothing of it was kept; or the disk is full.</exception>
    public async Task<Appended> AppendAsync(Upload upload, Stream body, long most)
    {
        try
        {
            return await guard.RunAsync(
                new WorkFolder(upload.Folder),
                most,
                stop => WriteAsync(upload, body, most, stop),
                CancellationToken.None
            );
        }
        catch (NoRoomException e)
        {
            throw Full(e.Message);
        }
    }

    private static async Task<Appended> WriteAsync(Upload upload, Stream body, long most, CancellationToken stop)
    {
        await using var file = new FileStream(upload.File, FileMode.Open, FileAccess.Write, FileShare.Read, 0);
        var before = file.Seek(0, SeekOrigin.End);
        var buffer = ArrayPool<byte>.Shared.Rent(Buffer);
        try
        {
            int? count;
            while ((count = await ReadAsync(body, buffer, stop)) > 0)
            {
                if (file.Length - before + count > most)
                {
                    file.SetLength(before);
                    throw TooMuch();
                }
                await KeepAsync(file, buffer.AsMemory(0, count.Value));
            }
            return new Appended(file.Length, IsCut: count is null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            file.SetLength(before);
            throw TooMuch();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>0: that was all. Null: the connection broke, and what has come is kept.</returns>
    private static async Task<int?> ReadAsync(Stream body, byte[] buffer, CancellationToken stop)
    {
        try
        {
            return await body.ReadAsync(buffer, stop);
        }
        catch (IOException e)
            when (e is not BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return null;
        }
    }

    private static async Task KeepAsync(FileStream file, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await file.WriteAsync(bytes, CancellationToken.None);
        }
        catch (IOException e)
        {
            throw Full($"It cannot be written: {e.Message}");
        }
    }

    private static UploadException TooMuch() =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            "More bytes came than were announced; none of this request was kept.",
            "Send the rest of the recording and nothing behind it."
        );

    public static UploadException Full(string why) =>
        new(StatusCodes.Status507InsufficientStorage, why, "Make room on the disk and go on; what has come is kept.");
}

/// <param name="Length">Bytes the upload has now.</param>
/// <param name="IsCut">The connection broke before its end.</param>
internal sealed record Appended(long Length, bool IsCut);
