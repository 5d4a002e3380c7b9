using System.Globalization;
using System.Net;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

/// <summary>
/// Sits between the library and the wire while a file is uploaded: commits each step before the next one, and ends what
/// the library would go on with for ever, namely an upload that stands still and a session that takes nothing more.
/// </summary>
internal sealed class UploadWatch : DelegatingHandler
{
    // A lost chunk costs two requests, the chunk and the question.
    private const int MostInVain = 8;
    private static readonly TimeSpan ShortBreath = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongBreath = TimeSpan.FromSeconds(2);

    private readonly long _total;
    private readonly Pace _pace;
    private readonly TimeSpan _stall;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end;
    private int _inVain;

    /// <param name="total">Size of the file in bytes.</param>
    /// <param name="pace">How fast to send.</param>
    /// <param name="stall">Longest time without a byte.</param>
    /// <param name="time">Clock.</param>
    public UploadWatch(long total, Pace pace, TimeSpan stall, TimeProvider time)
    {
        (_total, _pace, _stall, _time) = (total, pace, stall, time);
        _end = new CancellationTokenSource(stall, time);
    }

    /// <summary>Commits how much has been acknowledged, in bytes.</summary>
    public required Func<long, CancellationToken, Task> Acknowledged { get; init; }

    /// <summary>Commits that the last chunk is about to leave: from here on the video may exist.</summary>
    public required Func<CancellationToken, Task> LastChunk { get; init; }

    /// <summary>Ends when the watch has had enough.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>Why the watch ended the upload; null: it stood still, or the watch did not end it.</summary>
    public Exception? Reason { get; private set; }

    /// <summary>The last byte was answered with success.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Acknowledged so far, in bytes.</summary>
    public long Held { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (request.Method != HttpMethod.Put)
            return await base.SendAsync(request, cancellationToken);
        await BreatheAsync(cancellationToken);
        if (request.Content?.Headers.ContentRange is { HasRange: true, To: { } last })
        {
            if (last + 1 == _total)
                await OrEndAsync(() => LastChunk(cancellationToken));
            request.Content = request.Content as PacedContent ?? new PacedContent(request.Content, _pace, Moved);
        }
        // Counted before it is known: an exception must count, too.
        _inVain++;
        var response = await base.SendAsync(request, cancellationToken);
        Moved();
        await HearAsync(response, cancellationToken);
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _end.Dispose();
        base.Dispose(disposing);
    }

    private async Task HearAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.IsSuccessStatusCode)
            IsDone = true;
        else if (response.StatusCode == HttpStatusCode.PermanentRedirect && HeldBy(response) is { } held && held > Held)
        {
            (Held, _inVain) = (held, 0);
            await OrEndAsync(() => Acknowledged(held, cancel));
        }
    }

    // The library takes an exception from here for a broken connection and goes on; so the upload itself is ended.
    private async Task OrEndAsync(Func<Task> commit)
    {
        try
        {
            await commit();
        }
        catch (Exception e)
        {
            Reason = e;
            await _end.CancelAsync();
            throw;
        }
    }

    private async Task BreatheAsync(CancellationToken cancel)
    {
        if (_inVain >= MostInVain)
            await OrEndAsync(() =>
                throw new UnavailableException($"YouTube takes no more bytes; it holds {Held} of {_total}")
            );
        // The first failures may be chance.
        if (_inVain > 1)
            await Task.Delay(_inVain > 2 ? LongBreath : ShortBreath, _time, cancel);
        Moved();
    }

    private void Moved()
    {
        WorkSign.Moved();
        if (!_end.IsCancellationRequested)
            _end.CancelAfter(_stall);
    }

    // "bytes=0-1048575"; none: nothing is held.
    private static long? HeldBy(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Range", out var values)
        && values.ToString().Split('-') is [_, var last]
        && long.TryParse(last, CultureInfo.InvariantCulture, out var position)
            ? position + 1
            : null;
}
