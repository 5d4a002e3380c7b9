using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Flow;

/// <summary>A real stage with a point for faults before it, and one after its files are made but before the commit.</summary>
internal sealed class FaultyStage(IStage stage, FaultScript script) : IStage
{
    public ItemState State => stage.State;

    public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
    {
        // What has been shipped is shipped: the last stage waits, it never gives up on an item.
        var mayRefuse = State != ItemState.Publish;
        script.AtStage(context.Item.Id, mayRefuse);
        cancel.ThrowIfCancellationRequested();
        var outcome = await stage.RunAsync(context, cancel);
        script.AtStage(context.Item.Id, mayRefuse);
        return outcome;
    }
}
