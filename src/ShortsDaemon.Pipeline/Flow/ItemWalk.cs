using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Walks one item from stage to stage as far as it goes.</summary>
public sealed class ItemWalk(
    IDbContextFactory<ShortsDb> databases,
    StageRunner stages,
    ItemTurns turns,
    DataFolder data,
    TimeProvider time,
    ILogger<ItemWalk> log
)
{
    // A person who changes the item needs no longer.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="id">The item.</param>
    /// <param name="cancel">Stops it; the item keeps its state.</param>
    /// <param name="hung">Interrupts the stage it is at because it stands still; that counts as a failure.</param>
    /// <returns>When to come back; null when the item has reached an end, waits to be selected or approved, or is there no more.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public async Task<DateTimeOffset?> WalkAsync(ItemId id, CancellationToken cancel, CancellationToken hung = default)
    {
        using var turn = turns.TryTake(id);
        if (turn is null)
            return time.GetUtcNow() + Pause;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, turn.Interrupted);
        try
        {
            return await WalkOnAsync(id, either.Token, hung);
        }
        catch (OperationCanceledException)
            when (turn.Interrupted.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return time.GetUtcNow() + Pause;
        }
    }

    private async Task<DateTimeOffset?> WalkOnAsync(ItemId id, CancellationToken cancel, CancellationToken hung)
    {
        if (await ReadAsync(id, cancel) is not { } item)
            return null;
        while (ItemStates.Working.Contains(item.State))
        {
            var now = time.GetUtcNow();
            // Changed in the future: the clock was wrong when that time was written down, and it may be years ahead.
            if (item.NotBefore > now && item.ChangedAt <= now)
                return item.NotBefore;
            item = await stages.RunAsync(item, cancel, hung);
            // What was interrupted for good begins anew; the next stage is not to blame.
            if (hung.IsCancellationRequested && !item.State.IsEnd)
                return item.NotBefore ?? time.GetUtcNow();
        }
        if (item.State.IsEnd)
            CleanUp(item);
        return null;
    }

    private async Task<Item?> ReadAsync(ItemId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancel);
    }

    private void CleanUp(Item item)
    {
        // The item has ended and is committed; WorkSweep takes the folder at the next start.
        if (data.Of(item.Id).TryDelete() is { } problem)
            log.LogWarning("The work folder of item {ItemId} could not be removed: {Reason}", item.Id, problem);
    }
}
