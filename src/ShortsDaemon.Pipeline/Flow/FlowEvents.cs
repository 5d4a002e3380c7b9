using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Something that happened to an item, after it was committed.</summary>
public abstract record FlowEvent(Item Item)
{
    public sealed record StageStarted(Item Item, ItemState Stage) : FlowEvent(Item);

    public sealed record StageProgressed(Item Item, ItemState Stage, EncodeProgress Progress) : FlowEvent(Item);

    /// <param name="Item">The item in its new state.</param>
    /// <param name="Stage">The stage that ended.</param>
    /// <param name="Result">How.</param>
    /// <param name="Took">Wall time.</param>
    public sealed record StageEnded(Item Item, ItemState Stage, AttemptResult Result, TimeSpan Took) : FlowEvent(Item)
    {
        /// <summary>False: it still waits, and for the same reason as the last time.</summary>
        public bool IsNews { get; init; } = true;
    }
}

/// <summary>Where whoever is interested (log, progress bars, health) hears of events.</summary>
public sealed class FlowEvents
{
    public event Action<FlowEvent>? Happened;

    public void Tell(FlowEvent happened) => Happened?.Invoke(happened);
}
