using System.Net;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

/// <summary>A chunk that is written in slices, so that it can be slowed down and seen to move.</summary>
internal sealed class PacedContent : HttpContent
{
    private const int SliceBytes = 1 << 14;

    private readonly HttpContent _chunk;
    private readonly Pace _pace;
    private readonly Action _moved;

    /// <param name="chunk">The bytes, in memory.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="moved">Called after each slice.</param>
    public PacedContent(HttpContent chunk, Pace pace, Action moved)
    {
        (_chunk, _pace, _moved) = (chunk, pace, moved);
        foreach (var (name, values) in chunk.Headers.NonValidated)
            Headers.TryAddWithoutValidation(name, values);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        var bytes = await _chunk.ReadAsStreamAsync(cancellationToken);
        // The same chunk may be sent again.
        bytes.Position = 0;
        var slice = new byte[SliceBytes];
        while (await bytes.ReadAsync(slice, cancellationToken) is var count and > 0)
        {
            await _pace.WaitAsync(count, cancellationToken);
            await stream.WriteAsync(slice.AsMemory(0, count), cancellationToken);
            FlowMeter.Uploaded(YouTubePublisher.TypeName, count);
            _moved();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _chunk.Headers.ContentLength ?? 0;
        return _chunk.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _chunk.Dispose();
        base.Dispose(disposing);
    }
}
