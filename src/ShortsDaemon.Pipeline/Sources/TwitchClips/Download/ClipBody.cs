using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>Writes the body of an answer to disk, as long as it is a video, not too large and not too slow.</summary>
/// <param name="limits">Twitch:MaxClipMiB.</param>
/// <param name="pace">The least that has to arrive.</param>
/// <param name="slow">Is put off each time that enough has.</param>
internal sealed class ClipBody(TwitchOptions limits, DownloadPace pace, CancellationTokenSource slow)
{
    /// <exception cref="ClipFileException">Something else comes in its place.</exception>
    public static void RequireVideo(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType is { } type && !IsVideo(type))
            throw new ClipFileException($"the clip's file was asked for, and {type} came instead of a video");
    }

    private static bool IsVideo(string type) =>
        type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)
        || type.Equals("binary/octet-stream", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/mp4", StringComparison.OrdinalIgnoreCase);

    /// <param name="answer">Brings the rest of the file.</param>
    /// <param name="partial">What has arrived before; grows.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>False: the connection was cut before the end.</returns>
    public async Task<bool> SaveAsync(HttpResponseMessage answer, PartialDownload partial, CancellationToken cancel)
    {
        await using var file = new FileStream(partial.File, FileMode.Append, FileAccess.Write, FileShare.Read);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[128 * 1024];
        var inWindow = 0L;
        while (await ReadAsync(body, buffer, cancel) is { } read)
        {
            if (read == 0)
            {
                file.Flush(flushToDisk: true);
                return partial.Total is not { } total || file.Position == total;
            }
            RequireNoPage(file.Position, buffer[0]);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            ClipSize.Require(file.Position, limits);
            inWindow += read;
            if (inWindow < pace.Bytes)
                continue;
            slow.CancelAfter(pace.Window);
            inWindow = 0;
        }
        return false;
    }

    /// <returns>Null: the connection was cut. A disk that fails is another matter.</returns>
    private static async Task<int?> ReadAsync(Stream body, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await body.ReadAsync(buffer, cancel);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            cancel.ThrowIfCancellationRequested();
            return null;
        }
    }

    // A page in the place of a file need not say so in its type.
    private static void RequireNoPage(long position, byte first)
    {
        if (position == 0 && first is (byte)'<' or (byte)'{' or (byte)'[')
            throw new ClipFileException("the clip's file was asked for, and a page of text came instead of a video");
    }
}
