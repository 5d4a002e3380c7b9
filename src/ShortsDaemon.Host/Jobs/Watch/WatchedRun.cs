using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>One run under way. Disposed when it is over.</summary>
/// <param name="subject">What alerts call it: "item 12", "channel main", "job backup".</param>
/// <param name="item">The item; null: it is none.</param>
/// <param name="limit">How long it may stand still, by where it is.</param>
/// <param name="over">Called when it is over.</param>
internal sealed class WatchedRun(string subject, ItemId? item, Func<WorkSign, TimeSpan> limit, Action<WatchedRun> over)
    : IDisposable
{
    // Has neither timer nor wait handle, so that it need not be disposed, which would race with the watchdog.
    private readonly CancellationTokenSource _hung = new();
    private long _seenMoves = -1;
    private TimeSpan _movedAt;

    public string Subject => subject;
    public ItemId? Item => item;
    public WorkSign Sign { get; } = new();

    /// <summary>Cancelled when it has stood still for too long.</summary>
    public CancellationToken Hung => _hung.Token;
    public bool IsHung => _hung.IsCancellationRequested;

    /// <summary>How long it may stand still where it is now.</summary>
    public TimeSpan Limit => limit(Sign);

    /// <summary>What the watchdog has done to it last, and when; its own notes.</summary>
    public (HungStep Step, TimeSpan At) Done { get; set; }

    /// <param name="now">Awake time.</param>
    /// <returns>How long it has stood still.</returns>
    public TimeSpan StillFor(TimeSpan now)
    {
        var moves = Sign.Moves;
        if (moves != _seenMoves || Sign.IsResting)
            (_seenMoves, _movedAt) = (moves, now);
        return now - _movedAt;
    }

    /// <summary>On the thread pool: what is cancelled may take its time, or never come back.</summary>
    public void Interrupt() => _ = _hung.CancelAsync();

    public void Dispose() => over(this);
}

/// <summary>What is done to a run that stands still, one after the other.</summary>
internal enum HungStep
{
    None,
    Interrupted,
    ProcessesKilled,
    GivenUp,
}
