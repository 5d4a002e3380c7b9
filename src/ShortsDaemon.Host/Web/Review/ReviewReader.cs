using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Web.Shorts;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Review;

/// <summary>Reads what waits for a person, in the order in which it was found.</summary>
internal sealed class ReviewReader(IDbContextFactory<ShortsDb> databases, ItemReader items, TimeProvider time)
{
    /// <param name="wanted">The one to show, or that which comes after it; null: the first.</param>
    /// <param name="approved">What has just been approved; null: nothing.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ReviewReading> ReadAsync(ItemId? wanted, ItemId? approved, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = await Waiting(db).OrderBy(i => i.Id).Select(i => i.Id).ToListAsync(cancel);
        var now = time.GetUtcNow();
        var reading = new ReviewReading(now, waiting.Count)
        {
            Approved = approved is { } id ? await UndoableAsync(db, id, now, cancel) : null,
        };
        if (waiting.Count == 0)
            return reading;
        var at = Math.Max(0, waiting.FindIndex(i => i.Value >= (wanted?.Value ?? 0)));
        return reading with
        {
            Shown = await items.ReadAsync(waiting[at], cancel),
            Place = at + 1,
            Previous = at > 0 ? waiting[at - 1] : null,
            Next = at + 1 < waiting.Count ? waiting[at + 1] : null,
        };
    }

    public async Task<int> CountAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        return await Waiting(db).CountAsync();
    }

    private static IQueryable<Item> Waiting(ShortsDb db) =>
        db.Items.AsNoTracking().Where(i => i.State == ItemState.Review);

    private static async Task<Item?> UndoableAsync(ShortsDb db, ItemId id, DateTimeOffset now, CancellationToken cancel)
    {
        var item = await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancel);
        return item is not null && ItemActions.IsUndoable(item, now) ? item : null;
    }
}
