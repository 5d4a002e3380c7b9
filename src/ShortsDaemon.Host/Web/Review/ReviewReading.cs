using ShortsDaemon.Host.Web.Shorts;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Review;

/// <summary>One of the Shorts that wait for a person, and the way to the others.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Waiting">How many wait.</param>
public sealed record ReviewReading(DateTimeOffset At, int Waiting)
{
    /// <summary>The one to look at; null: none waits.</summary>
    public ItemReading? Shown { get; init; }

    /// <summary>Its place among those that wait, from 1.</summary>
    public int Place { get; init; }
    public ItemId? Previous { get; init; }
    public ItemId? Next { get; init; }

    /// <summary>What has just been approved and may still be taken back; null: nothing.</summary>
    public Item? Approved { get; init; }

    /// <summary>How long it may be, in whole seconds.</summary>
    public int UndoSeconds =>
        Approved?.ApprovedAt is { } at ? Math.Max(1, (int)(at + ItemActions.UndoTime - At).TotalSeconds) : 0;
}
