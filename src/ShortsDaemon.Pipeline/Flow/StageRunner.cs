using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Pipeline.Streaming;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Runs one stage of one item and commits how it ended. The only broad catch of the pipeline is here.</summary>
public sealed class StageRunner(
    IEnumerable<IStage> stages,
    IDbContextFactory<ShortsDb> databases,
    LiveOptions options,
    DataFolder data,
    FlowEvents events,
    OwnStream stream,
    ChannelPause pauses,
    TimeProvider time,
    ILogger<StageRunner> log
)
{
    // How often an item of a channel that is off, paused or gone looks whether that has changed; an edit wakes it at once.
    private static readonly TimeSpan ChannelPause = TimeSpan.FromMinutes(10);

    private readonly Dictionary<ItemState, IStage> _stages = stages.ToDictionary(stage => stage.State);

    /// <param name="item">The item as it was read.</param>
    /// <param name="cancel">Stops it; the item keeps its state.</param>
    /// <param name="hung">Interrupts it because it stands still; that counts as a failure.</param>
    /// <returns>The item as committed.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public async Task<Item> RunAsync(Item item, CancellationToken cancel, CancellationToken hung = default)
    {
        var stage = _stages[item.State];
        using var scope = log.BeginItem(item);
        var attempt = new Attempt
        {
            ItemId = item.Id,
            Stage = item.State,
            StartedAt = time.GetUtcNow(),
        };
        Tell(new FlowEvent.StageStarted(item, stage.State));
        WorkSign.Begins(stage.State);
        var verdict = await TryAsync(stage, item, cancel, hung);
        var ended = await CommitAsync(item, attempt, verdict, CancellationToken.None);
        var took = attempt.EndedAt - attempt.StartedAt;
        // An attempt that said nothing new was not kept, and so has no number.
        Tell(new FlowEvent.StageEnded(ended, stage.State, attempt.Result, took) { IsNews = attempt.Id != 0 });
        // An item that has ended is cleaned away even now; with anything else the next start goes on.
        if (!ended.State.IsEnd)
            cancel.ThrowIfCancellationRequested();
        return ended;
    }

    /// <summary>Counts a failure of an item whose stage could not even be interrupted.</summary>
    public async Task CountHungAsync(ItemId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var item = await db.Items.AsNoTracking().SingleAsync(i => i.Id == id, cancel);
        if (!ItemStates.Working.Contains(item.State))
            return;
        var now = time.GetUtcNow();
        var attempt = new Attempt
        {
            ItemId = id,
            Stage = item.State,
            StartedAt = now,
        };
        await CommitAsync(item, attempt, Hung(item, now), cancel);
    }

    private StageVerdict Hung(Item item, DateTimeOffset now, Exception? inner = null) =>
        StageVerdict.Of(
            new StageHungException($"{item.State} stood still for too long and was interrupted", inner),
            item,
            options.Value.Retry,
            now
        );

    private async Task<StageVerdict> TryAsync(IStage stage, Item item, CancellationToken cancel, CancellationToken hung)
    {
        if (ChannelOf(item) is not { } channel)
            return NotNow(item, "is not in the configuration");
        if (!channel.Enabled)
            return NotNow(item, "is switched off");
        if (await pauses.OfAsync(item.Channel, cancel) is { } pause)
            return NotNow(item, $"is {pause.Reason}");
        if (WhyWaitForStream(item) is { } why)
            return StageVerdict.Wait(why, time.GetUtcNow() + OwnStream.Pause);
        var context = new StageContext(
            item,
            channel,
            data.Of(item.Id),
            progress =>
            {
                WorkSign.Moved();
                Tell(new FlowEvent.StageProgressed(item, stage.State, progress));
            }
        );
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, hung);
        try
        {
            return StageVerdict.Of(await stage.RunAsync(context, either.Token));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return StageVerdict.Interrupted;
        }
        catch (MissingArtefactException e)
        {
            return StageVerdict.StepBack(e, item);
        }
#pragma warning disable CA1031 // one bad item must never take the daemon down; what it means is decided by type
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (hung.IsCancellationRequested)
                return Hung(item, time.GetUtcNow(), e);
            log.LogDebug(e, "{Stage} of item {ItemId} threw", stage.State, item.Id);
            return StageVerdict.Of(e, item, options.Value.Retry, time.GetUtcNow());
        }
    }

    // A test Short is tiny, and readiness depends on it.
    private string? WhyWaitForStream(Item item) =>
        OwnStream.Disturbs(item.State) && item.Id != CanaryItem.Id ? stream.WhyWait() : null;

    private ChannelOptions? ChannelOf(Item item) =>
        item.Id == CanaryItem.Id ? CanaryItem.ChannelIn(data) : options.Value.Channels.GetValueOrDefault(item.Channel);

    private void Tell(FlowEvent happened)
    {
        if (happened.Item.Id != CanaryItem.Id)
            events.Tell(happened);
    }

    private StageVerdict NotNow(Item item, string why) =>
        StageVerdict.Wait($"channel '{item.Channel}' {why}", time.GetUtcNow() + ChannelPause);

    private async Task<Item> CommitAsync(Item seen, Attempt attempt, StageVerdict verdict, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var item = await db.Items.SingleAsync(i => i.Id == seen.Id, cancel);
        if (item.Version != seen.Version)
            throw new DbUpdateConcurrencyException($"item {seen.Id} was changed by somebody else meanwhile");
        if (verdict.Record is { } record && await record(db, item, cancel) is { } changed)
            verdict = StageVerdict.Of(changed);
        attempt.EndedAt = time.GetUtcNow();
        attempt.Result = verdict.Result;
        attempt.Reason = verdict.Reason;
        // A wait that goes on for weeks is one line in the story, not thousands.
        if (attempt.Result != AttemptResult.Waiting || item.Waits == 0 || item.Reason != attempt.Reason)
            db.Attempts.Add(attempt);
        verdict.ApplyTo(item, ChannelOf(item)?.Review == true, attempt.EndedAt);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return item;
    }
}
