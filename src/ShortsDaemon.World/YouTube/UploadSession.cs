using ShortsDaemon.World.Google;

namespace ShortsDaemon.World.YouTube;

/// <summary>One resumable upload. Only who holds its turn reads or changes it.</summary>
internal sealed class UploadSession(string id, Channel channel, GoogleProject project, VideoBody body, string file)
{
    private Turn? _current;

    public string Id => id;
    public Channel Channel => channel;
    public GoogleProject Project => project;
    public VideoBody Body => body;

    /// <summary>Where the bytes are gathered.</summary>
    public string File => file;

    public required IReadOnlyList<string> Parts { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public bool NotifiesSubscribers { get; init; }

    /// <summary>Size of the whole; null: not said yet.</summary>
    public long? Total { get; set; }

    /// <summary>Bytes stored.</summary>
    public long Held { get; set; }

    /// <summary>There after the last byte.</summary>
    public Video? Video { get; set; }

    /// <summary>
    /// A new request on the session pushes out the one that still reads: its client has gone, or it would not ask.
    /// When this returns, nothing of the older one can be stored any more.
    /// </summary>
    public async Task<Turn> TakeOverAsync()
    {
        var mine = new Turn();
        if (Interlocked.Exchange(ref _current, mine) is { } before)
            await before.PushOutAsync();
        return mine;
    }

    /// <summary>The right to touch the session, until it is disposed.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly CancellationTokenSource _pushedOut = new();
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Cancelled by the next request.</summary>
        public CancellationToken PushedOut => _pushedOut.Token;

        public async Task PushOutAsync()
        {
            await _pushedOut.CancelAsync();
            await _over.Task;
        }

        public void Dispose() => _over.TrySetResult();
    }
}
