using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>Lets a Short go to a destination when its time has come and nothing is in the way.</summary>
public sealed class PostingSlots(
    IDbContextFactory<ShortsDb> databases,
    Holds holds,
    LiveOptions options,
    TimeProvider time
)
{
    // What only a person can end. Releasing it wakes whoever waits, so this is for what else may have changed.
    private static readonly TimeSpan HoldPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan NoSlotPause = TimeSpan.FromDays(1);

    /// <summary>Call before the publisher. Takes a slot, keeps the one it has, or takes a better one; what has begun needs none.</summary>
    /// <param name="context">The item and its channel.</param>
    /// <param name="destination">Where it is to go.</param>
    /// <param name="promise">Its outbox row; gets its slot here and in the database.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="NotYetException">Its slot has not come, or a door is shut.</exception>
    public async Task RequireAsync(
        StageContext context,
        DestinationOptions destination,
        Publication promise,
        CancellationToken cancel
    )
    {
        if (destination is not PostingOptions posting)
            return;
        var place = PostingPlace.Of(options.Value, context.Item.Channel, context.Channel, posting);
        var progress = ProgressOf(promise);
        await RequireOpenAsync(place.Doors(progress), cancel);
        if (progress > PostingProgress.Waiting)
            return;
        promise.SlotAt = await TakeAsync(place, promise, context.Item.Id, cancel);
        if (promise.SlotAt > time.GetUtcNow() && !posting.ShipsAhead)
            throw new NotYetException(promise.SlotAt.Value, Reason(place, promise.SlotAt.Value));
    }

    internal static PostingProgress ProgressOf(Publication promise) =>
        promise switch
        {
            { RemoteId: not null } => PostingProgress.Arrived,
            { SessionUri: not null } => PostingProgress.Begun,
            _ => PostingProgress.Waiting,
        };

    private async Task RequireOpenAsync(IReadOnlyList<string> doors, CancellationToken cancel)
    {
        if (await holds.FirstAsync(doors, cancel) is { } hold)
            throw new NotYetException(
                hold.Until ?? time.GetUtcNow() + HoldPause,
                $"{hold.Scope} is held: {hold.Reason}"
            );
    }

    private async Task<DateTimeOffset> TakeAsync(
        PostingPlace place,
        Publication promise,
        ItemId item,
        CancellationToken cancel
    )
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        // Takes the right to write at once, so that no two items look at the same free slot.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var slot = await IsHurriedAsync(db, item, cancel)
            ? now
            : (await PostingBoard.ReadAsync(db, options.Value, place, item, now, cancel)).SlotFor(item, promise.SlotAt);
        if (slot is not { } free)
            throw new NotYetException(now + NoSlotPause, $"{place.Name} has no free slot within a year");
        await db
            .Publications.Where(p => p.Id == promise.Id)
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.SlotAt, free), cancel);
        await transaction.CommitAsync(cancel);
        return free;
    }

    private static Task<bool> IsHurriedAsync(ShortsDb db, ItemId item, CancellationToken cancel) =>
        db.Items.AnyAsync(i => i.Id == item && i.HurriedAt != null, cancel);

    private static string Reason(PostingPlace place, DateTimeOffset slot)
    {
        var local = TimeZoneInfo.ConvertTime(slot, place.Zone);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"its slot at {place.Name} is {local:yyyy-MM-dd HH:mm:ss} ({place.Zone.Id})"
        );
    }
}
