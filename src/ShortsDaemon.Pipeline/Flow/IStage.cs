using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>
/// One room of the walk. Idempotent: it looks at what is there and does what is missing; called again after a crash it ends
/// in the same place. Input that is gone is told with <see cref="MissingArtefactException"/>.
/// </summary>
public interface IStage
{
    /// <summary>The state whose work this stage does.</summary>
    ItemState State { get; }

    Task<Outcome> RunAsync(StageContext context, CancellationToken cancel);
}

/// <summary>What a stage may look at.</summary>
/// <param name="Item">The item as it was read; changes to it are not saved, see <see cref="Outcome.Record"/>.</param>
/// <param name="Channel">Its channel's options in force.</param>
/// <param name="Files">Its work folder.</param>
/// <param name="Progress">Takes the progress of long work.</param>
public sealed record StageContext(Item Item, ChannelOptions Channel, WorkFolder Files, Action<EncodeProgress> Progress);
