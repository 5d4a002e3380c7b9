using System.Security.Cryptography;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

/// <summary>
/// The file that passed the gate, byte for byte. The whole file is hashed once when it is opened, and so is each of its
/// blocks; a block that is not the same any more when it is read is never given out. So whatever a session holds, also
/// after it was taken up again, is what was approved.
/// </summary>
internal sealed class ApprovedFile : Stream
{
    private const int BlockBytes = 1 << 18;

    private readonly FileStream _file;
    private readonly List<byte[]> _hashes = [];
    private readonly byte[] _block = new byte[BlockBytes];
    private long _at = -1;
    private long _position;

    private ApprovedFile(string path) =>
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, true);

    /// <summary>Set when the file turned out to be another one while it was read.</summary>
    public bool IsDamaged { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => _length;
    private long _length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    /// <exception cref="MissingArtefactException">It is not the file with this hash.</exception>
    public static async Task<ApprovedFile> OpenAsync(string path, string sha256, CancellationToken cancel)
    {
        if (!File.Exists(path))
            throw new MissingArtefactException(ItemState.Render, "the Short is gone from the work folder");
        var opened = new ApprovedFile(path);
        try
        {
            await opened.HashAsync(sha256, cancel);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= _length || buffer.Length == 0)
            return 0;
        await LoadAsync(_position / BlockBytes, cancellationToken);
        var offset = (int)(_position % BlockBytes);
        var count = (int)Math.Min(buffer.Length, Math.Min(BlockBytes - offset, _length - _position));
        _block.AsMemory(offset, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => _length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }

    private async Task HashAsync(string sha256, CancellationToken cancel)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await ReadBlockAsync(_hashes.Count, cancel) is var count and > 0)
        {
            whole.AppendData(_block, 0, count);
            _hashes.Add(SHA256.HashData(_block.AsSpan(0, count)));
            _length += count;
        }
        if (Convert.ToHexStringLower(whole.GetHashAndReset()) != sha256)
            throw NotApproved();
        _at = -1;
    }

    private async Task LoadAsync(long block, CancellationToken cancel)
    {
        if (_at == block)
            return;
        _at = -1;
        var count = await ReadBlockAsync(block, cancel);
        if (!SHA256.HashData(_block.AsSpan(0, count)).AsSpan().SequenceEqual(_hashes[(int)block]))
        {
            IsDamaged = true;
            throw NotApproved();
        }
        _at = block;
    }

    private async Task<int> ReadBlockAsync(long block, CancellationToken cancel)
    {
        _file.Position = block * BlockBytes;
        return await _file.ReadAtLeastAsync(_block, BlockBytes, throwOnEndOfStream: false, cancel);
    }

    public static MissingArtefactException NotApproved() =>
        new(ItemState.Render, "the Short is not the file that passed the gate");
}
