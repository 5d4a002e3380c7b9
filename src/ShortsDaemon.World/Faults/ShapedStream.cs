namespace ShortsDaemon.World.Faults;

/// <summary>A stream that lets bytes pass only as it likes.</summary>
internal abstract class ShapedStream(Stream inner) : Stream
{
    public override bool CanRead => inner.CanRead;
    public override bool CanSeek => false;
    public override bool CanWrite => inner.CanWrite;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
    {
        var read = await inner.ReadAsync(buffer[..await AllowAsync(buffer.Length)], cancel);
        Passed(read);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel) =>
        ReadAsync(buffer.AsMemory(offset, count), cancel).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancel = default)
    {
        while (!buffer.IsEmpty)
        {
            var part = buffer[..await AllowAsync(buffer.Length)];
            await inner.WriteAsync(part, cancel);
            await inner.FlushAsync(cancel);
            Passed(part.Length);
            buffer = buffer[part.Length..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancel) =>
        WriteAsync(buffer.AsMemory(offset, count), cancel).AsTask();

    // What was written is flushed at once; an empty flush would send the headers of an answer that is to stall.
    public override Task FlushAsync(CancellationToken cancel) => Task.CompletedTask;

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <returns>How many of the wanted bytes may pass now.</returns>
    protected abstract ValueTask<int> AllowAsync(int wanted);

    protected abstract void Passed(int bytes);
}

/// <param name="end">What happens before the next byte would pass.</param>
internal sealed class CutStream(Stream inner, long bytes, Func<CutStream, Task> end) : ShapedStream(inner)
{
    private long _left = bytes;

    protected override async ValueTask<int> AllowAsync(int wanted)
    {
        if (_left == 0 && wanted > 0)
            await end(this);
        return (int)Math.Min(wanted, _left);
    }

    protected override void Passed(int bytes) => _left -= bytes;
}

/// <summary>Passes ten small pieces per second.</summary>
internal sealed class SlowStream(Stream inner, long bytesPerSecond, CancellationToken cancel) : ShapedStream(inner)
{
    private int _owed;

    protected override async ValueTask<int> AllowAsync(int wanted)
    {
        await Task.Delay(TimeSpan.FromSeconds((double)_owed / bytesPerSecond), TimeProvider.System, cancel);
        _owed = 0;
        return (int)Math.Min(wanted, Math.Max(1, bytesPerSecond / 10));
    }

    protected override void Passed(int bytes) => _owed += bytes;
}
