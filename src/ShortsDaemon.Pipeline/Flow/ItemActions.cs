using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>
/// What a person may do with an item on its way: each action is one transaction, looks where the item stands, and keeps who did
/// it. Once something may have been sent to a destination, the Short is neither made anew nor called back.
/// </summary>
/// <exception cref="ActionRefusedException">Of each: it makes no sense now.</exception>
public sealed class ItemActions(ItemDesk desk, DataFolder data, TimeProvider time)
{
    /// <summary>How long an approval may be taken back; publishing waits for it.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(10);

    private const int MostReason = 500;

    /// <summary>Its Short may be published, after <see cref="UndoTime"/>.</summary>
    public Task ApproveAsync(ItemId id, string who) =>
        desk.ChangeAsync(
            id,
            new(who, "approve"),
            (db, item) =>
            {
                ItemDesk.Require(item.State == ItemState.Review, $"it {ItemWords.Standing(item.State)}", item);
                var now = time.GetUtcNow();
                Tell(db, item, AttemptResult.Advanced, $"approved by {who}");
                item.Enter(ItemState.Publish);
                (item.ApprovedAt, item.NotBefore, item.Reason) = (now, now + UndoTime, null);
            }
        );

    /// <summary>Takes an approval back within <see cref="UndoTime"/>.</summary>
    public Task UndoAsync(ItemId id, string who) =>
        desk.ChangeAsync(
            id,
            new(who, "undo"),
            (db, item) =>
            {
                ItemDesk.Require(item.ApprovedAt is not null, "it has not been approved", item);
                ItemDesk.Require(
                    IsUndoable(item, time.GetUtcNow()),
                    $"more than {UndoTime.TotalSeconds:0} s have passed, and it has gone on",
                    item
                );
                Tell(db, item, AttemptResult.SteppedBack, $"the approval was taken back by {who}");
                item.Enter(ItemState.Review);
                (item.NotBefore, item.Reason) = (null, null);
            }
        );

    /// <returns>Whether the approval of this item may be taken back now.</returns>
    public static bool IsUndoable(Item item, DateTimeOffset now) =>
        item is { State: ItemState.Publish, Tries: 0, Waits: 0 }
        && item.NotBefore > now
        && item.ApprovedAt + UndoTime > now;

    /// <summary>It is not wanted. What is being done with it is stopped.</summary>
    /// <param name="id">The item.</param>
    /// <param name="who">Who.</param>
    /// <param name="why">In a few words; null or empty: not told.</param>
    public Task RejectAsync(ItemId id, string who, string? why)
    {
        var said = Said(why);
        return EndAsync(id, new(who, "reject", said), $"rejected by {who}{(said is null ? "" : $": {said}")}");
    }

    /// <summary>Stops what is being done with it, for good.</summary>
    public Task CancelAsync(ItemId id, string who) => EndAsync(id, new(who, "cancel"), $"cancelled by {who}");

    /// <summary>What has ended badly begins again with the stage at which it ended.</summary>
    public Task RetryAsync(ItemId id, string who) =>
        desk.ChangeAsync(
            id,
            new(who, "retry"),
            async (db, item) =>
            {
                ItemDesk.Require(
                    item.State is ItemState.Failed or ItemState.Rejected,
                    $"it {ItemWords.Standing(item.State)}",
                    item
                );
                var last = await db
                    .Attempts.Where(a => a.ItemId == item.Id)
                    .OrderByDescending(a => a.Id)
                    .FirstOrDefaultAsync(a => a.Result == AttemptResult.Failed || a.Result == AttemptResult.Rejected);
                ItemDesk.Require(
                    last is not null,
                    "no stage has ever worked at it, or that is not kept any more",
                    item
                );
                await ReopenAsync(db, item);
                // Its files are gone: the gate sends it further back.
                BeginAnew(item, last!.Stage == ItemState.Review ? ItemState.Gate : last.Stage);
            }
        );

    /// <summary>Makes its Short anew, in another look if that is wanted.</summary>
    /// <param name="id">The item.</param>
    /// <param name="who">Who.</param>
    /// <param name="layout">Null: as it was wanted last.</param>
    /// <param name="captions">With or without; null: as it was wanted last.</param>
    public Task RenderAsync(ItemId id, string who, LayoutName? layout, bool? captions) =>
        desk.ChangeAsync(
            id,
            new(who, "render", Wish(layout, captions)),
            async (db, item) =>
            {
                ItemDesk.Require(
                    item.State is ItemState.Review or ItemState.Publish or ItemState.Failed or ItemState.Rejected,
                    $"it {ItemWords.Standing(item.State)}",
                    item
                );
                await ItemDesk.RequireNothingSentAsync(db, item);
                ItemDesk.Require(
                    await db.Attempts.AnyAsync(a => a.ItemId == item.Id),
                    "no stage has ever worked at it, or that is not kept any more",
                    item
                );
                if (!item.State.IsEnd)
                    Tell(db, item, AttemptResult.SteppedBack, $"to be made anew, wanted by {who}");
                await ReopenAsync(db, item);
                item.WantedLayout = layout ?? item.WantedLayout;
                item.WantedCaptions = captions ?? item.WantedCaptions;
                BeginAnew(item, ItemState.Render);
            }
        );

    private async Task EndAsync(ItemId id, ItemDeed deed, string reason)
    {
        await desk.ChangeAsync(
            id,
            deed with
            {
                Interrupts = true,
            },
            async (db, item) =>
            {
                ItemDesk.Require(
                    ItemStates.UnderWay.Contains(item.State),
                    $"it {ItemWords.Standing(item.State)}",
                    item
                );
                await ItemDesk.RequireNothingSentAsync(db, item);
                Tell(db, item, AttemptResult.Rejected, reason);
                item.Enter(ItemState.Rejected);
                (item.NotBefore, item.Reason) = (null, reason);
            }
        );
        // What cannot be removed now is taken by WorkSweep at the next start, as after a walk.
        _ = data.Of(id).TryDelete();
    }

    private static void BeginAnew(Item item, ItemState stage)
    {
        item.Enter(stage);
        item.StepsBack = 0;
        (item.NotBefore, item.Reason) = (null, null);
        (item.DuplicateOf, item.IsGone) = (null, false);
    }

    // Given up without having arrived: asked for again. The publisher looks first whether it has arrived after all.
    private static async Task ReopenAsync(ShortsDb db, Item item)
    {
        var refused = await db
            .Publications.Where(p => p.ItemId == item.Id && p.RemoteId == null && p.Rejection != null)
            .ToListAsync();
        foreach (var promise in refused)
            (promise.Rejection, promise.SettledAt) = (null, null);
    }

    private void Tell(ShortsDb db, Item item, AttemptResult result, string reason)
    {
        var now = time.GetUtcNow();
        db.Attempts.Add(
            new Attempt
            {
                ItemId = item.Id,
                Stage = item.State,
                StartedAt = item.State == ItemState.Review && item.ChangedAt < now ? item.ChangedAt : now,
                EndedAt = now,
                Result = result,
                Reason = reason,
            }
        );
    }

    private static string? Said(string? why)
    {
        var said = Publish.Text.CleanText.Line(why ?? "");
        return said.Length switch
        {
            0 => null,
            > MostReason => throw new ActionRefusedException(
                Refusal.WrongValue,
                $"The reason has {said.Length} characters; at most {MostReason} are kept."
            ),
            _ => said,
        };
    }

    private static string? Wish(LayoutName? layout, bool? captions)
    {
        string?[] wishes =
        [
            layout?.ToString(),
            captions switch
            {
                true => "with captions",
                false => "without captions",
                null => null,
            },
        ];
        return string.Join(", ", wishes.OfType<string>()) is { Length: > 0 } wish ? wish : null;
    }
}
