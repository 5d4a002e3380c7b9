using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.YouTube;

internal enum ChunkOutcome
{
    Stored,

    /// <summary>The connection broke; whole steps of 256 KiB were stored.</summary>
    Cut,

    /// <summary>Nothing was stored.</summary>
    WrongSize,
}

/// <summary>Streams a chunk to the session's file, at the speed and as far as the rules say.</summary>
internal sealed class ChunkReader(YouTubeState state)
{
    public const long Step = 256 * 1024;
    private const int BufferSize = 64 * 1024;

    public async Task<ChunkOutcome> ReadAsync(
        HttpContext http,
        UploadSession session,
        ContentRange range,
        CancellationToken pushedOut
    )
    {
        var (start, end) = (range.Start!.Value, range.End!.Value);
        var length = end - start + 1;
        var last = end + 1 == range.Total;
        if ((!last && length % Step != 0) || (http.Request.ContentLength is { } said && said != length))
            return ChunkOutcome.WrongSize;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, pushedOut);
        await using var file = new FileStream(session.File, FileMode.OpenOrCreate, FileAccess.Write);
        file.SetLength(session.Held);
        file.Seek(0, SeekOrigin.End);
        var store = new Store(file, SkippedBytes(session, start, length), Limit(length, last));
        var read = await PumpAsync(http.Request.Body, store, length, gone.Token);
        await file.FlushAsync(CancellationToken.None);
        if (read == length)
        {
            session.Held = file.Position;
            return ChunkOutcome.Stored;
        }
        session.Held = Math.Max(session.Held, file.Position / Step * Step);
        return ChunkOutcome.Cut;
    }

    /// <summary>What is there already is not stored twice; a chunk from behind a gap is dropped whole.</summary>
    private static long SkippedBytes(UploadSession session, long start, long length) =>
        start > session.Held ? length : session.Held - start;

    private long Limit(long length, bool last) =>
        state.Rules.KeepsPerChunk is { } keeps && (!last || keeps < length) ? keeps / Step * Step : length;

    /// <returns>Bytes that came.</returns>
    private async Task<long> PumpAsync(Stream body, Store store, long length, CancellationToken gone)
    {
        var cut = state.Wire.TakeCut() ?? long.MaxValue;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var read = 0L;
        try
        {
            while (read < Math.Min(length, cut))
            {
                var most = Math.Min(Math.Min(length, cut) - read, Portion());
                var n = await body.ReadAsync(buffer.AsMemory(0, (int)most), gone);
                if (n == 0)
                    return read;
                read += n;
                await store.WriteAsync(buffer.AsMemory(0, n));
                await PauseAsync(n, gone);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return read;
    }

    private long Portion() =>
        state.Rules.BytesPerSecond is { } rate ? Math.Clamp(rate / 10, 1, BufferSize) : BufferSize;

    private Task PauseAsync(int bytes, CancellationToken gone) =>
        state.Rules.BytesPerSecond is { } rate
            ? Task.Delay(TimeSpan.FromSeconds((double)bytes / rate), state.Time, gone)
            : Task.CompletedTask;

    /// <summary>Writes what is neither skipped nor behind the limit.</summary>
    private sealed class Store(FileStream file, long skip, long limit)
    {
        private long _skip = skip;
        private long _left = limit;

        public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
        {
            var skipped = (int)Math.Min(_skip, bytes.Length);
            _skip -= skipped;
            var kept = (int)Math.Min(_left, bytes.Length - skipped);
            _left -= kept;
            await file.WriteAsync(bytes.Slice(skipped, kept), CancellationToken.None);
        }
    }
}
