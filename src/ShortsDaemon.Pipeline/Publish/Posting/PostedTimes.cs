using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>One Short at one destination: published, on its way, or with a slot taken for it.</summary>
internal sealed record PostedTime(
    string Destination,
    ItemId Item,
    DateTimeOffset Slot,
    bool HasBegun,
    DateTimeOffset? PublishedAt
)
{
    /// <summary>When it counts as shown; later than now when it is still to come.</summary>
    public DateTimeOffset ShownAt(DateTimeOffset now) =>
        PublishedAt is { } there ? Later(there, Slot) : Later(Slot, now);

    /// <summary>It has appeared, has begun, could begin, or its slot comes before the item's own.</summary>
    public bool IsBefore(DateTimeOffset slot, ItemId item, DateTimeOffset now) =>
        PublishedAt is not null || HasBegun || Slot <= now || Slot < slot || (Slot == slot && Item.Value < item.Value);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>Reads what counts against windows, spacing and caps.</summary>
internal static class PostedTimes
{
    // The longest spacing is a week.
    private static readonly TimeSpan Back = TimeSpan.FromDays(9);

    // Whose slot has passed for longer without anything sent is waiting for something else; it will take another one.
    private static readonly TimeSpan UnderWay = TimeSpan.FromHours(1);

    /// <param name="db">The database.</param>
    /// <param name="destinations">Names.</param>
    /// <param name="without">An item whose own slot does not count; null: none.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<IReadOnlyList<PostedTime>> ReadAsync(
        ShortsDb db,
        IReadOnlyCollection<string> destinations,
        ItemId? without,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var (since, fresh) = (now - Back, now - UnderWay);
        var mine = without ?? default;
        var known = await db
            .Publications.AsNoTracking()
            .Where(p => destinations.Contains(p.Destination) && p.SlotAt >= since && p.ItemId != mine)
            .Where(p =>
                p.PublishedAt != null
                || (
                    (p.SlotAt > fresh || p.SessionAt > fresh)
                    && db.Items.Any(i => i.Id == p.ItemId && ItemStates.UnderWay.Contains(i.State))
                )
            )
            .Select(p => new PostedTime(
                p.Destination,
                p.ItemId,
                p.SlotAt!.Value,
                p.SessionAt != null || p.RemoteId != null,
                p.PublishedAt
            ))
            .ToListAsync(cancel);
        return [.. known, .. await FoundAsync(db, destinations, since, cancel)];
    }

    // What went out before a restore counts as well, although its clip has not come up again.
    private static async Task<IEnumerable<PostedTime>> FoundAsync(
        ShortsDb db,
        IReadOnlyCollection<string> destinations,
        DateTimeOffset since,
        CancellationToken cancel
    )
    {
        var found = await db
            .FoundUploads.AsNoTracking()
            .Where(f => destinations.Contains(f.Destination) && f.PublishedAt >= since)
            .Where(f => !db.Publications.Any(p => p.Destination == f.Destination && p.RemoteId == f.RemoteId))
            .ToListAsync(cancel);
        return found.Select(f => new PostedTime(f.Destination, default, f.PublishedAt!.Value, true, f.PublishedAt));
    }

    /// <returns>When the destination got its first Short; null: it has none.</returns>
    public static Task<DateTimeOffset?> FirstAsync(ShortsDb db, string destination, CancellationToken cancel) =>
        db
            .Publications.Where(p => p.Destination == destination && p.SlotAt != null && p.PublishedAt != null)
            .OrderBy(p => p.SlotAt)
            .Select(p => p.PublishedAt)
            .FirstOrDefaultAsync(cancel);
}
