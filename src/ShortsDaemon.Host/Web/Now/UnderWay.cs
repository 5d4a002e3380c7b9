using System.Collections.Concurrent;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Now;

/// <summary>Which items a stage is working at in this very moment.</summary>
internal sealed class UnderWay(FlowEvents events, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<ItemId, StageUnderWay> _stages = new();
    private long _version;

    /// <summary>Changes whenever anything does.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>The longest under way first.</summary>
    public IReadOnlyList<StageUnderWay> All => [.. _stages.Values.OrderBy(stage => stage.Since)];

    public void Start() => events.Happened += Note;

    public void Dispose() => events.Happened -= Note;

    private void Note(FlowEvent happened)
    {
        if (happened.Item.Id == CanaryItem.Id)
            return;
        switch (happened)
        {
            case FlowEvent.StageStarted(var item, var stage):
                _stages[item.Id] = new StageUnderWay(item.Id, item.Title, item.Channel, stage, time.GetUtcNow());
                break;
            case FlowEvent.StageProgressed(var item, _, var progress):
                if (_stages.TryGetValue(item.Id, out var known))
                    _stages[item.Id] = known with { Progress = progress };
                break;
            case FlowEvent.StageEnded(var item, _, _, _):
                _stages.TryRemove(item.Id, out _);
                break;
        }
        Interlocked.Increment(ref _version);
    }
}

/// <param name="Item">Which item.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Stage">What is being done with it.</param>
/// <param name="Since">When that began.</param>
public sealed record StageUnderWay(ItemId Item, string Title, string Channel, ItemState Stage, DateTimeOffset Since)
{
    /// <summary>How far an encode is; null: nothing is encoded yet.</summary>
    public EncodeProgress? Progress { get; init; }
}
