using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>
/// The bulk of items that ended long ago: their attempts, decisions, fingerprints and the renditions that were never promised anywhere. The
/// item itself, its publications and what they promised stay.
/// </summary>
internal sealed class StoryRule(IDbContextFactory<ShortsDb> databases, TimeProvider time) : IRetentionRule
{
    // Few enough for others never to wait long for their turn to write.
    private const int ItemsAtOnce = 50;

    public async Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel)
    {
        var before = time.GetUtcNow().AddDays(-options.HistoryDays);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var old = Old(db, before);
        var rows =
            await Attempts(db, old).LongCountAsync(cancel)
            + await Decisions(db, old).LongCountAsync(cancel)
            + await Renditions(db, old).LongCountAsync(cancel)
            + await Prints(db, old).LongCountAsync(cancel);
        return rows == 0
            ? []
            :
            [
                new Leftover(
                    "history",
                    "attempts, decisions and renditions of items that have ended",
                    $"they ended more than {options.HistoryDays} days ago",
                    rows,
                    0
                )
                {
                    RemoveAsync = token => RemoveAsync(before, token),
                },
            ];
    }

    private async Task<bool> RemoveAsync(DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var items = await Old(db, before)
            .Where(i =>
                db.Attempts.Any(a => a.ItemId == i.Id)
                || db.Decisions.Any(d => d.ItemId == i.Id)
                || db.ItemPrints.Any(p => p.ItemId == i.Id)
                || db.Renditions.Any(r => r.ItemId == i.Id && !db.Publications.Any(p => p.RenditionId == r.Id))
            )
            .Select(i => i.Id)
            .ToListAsync(cancel);
        foreach (var some in items.Chunk(ItemsAtOnce).Select(chunk => chunk.ToList()))
        {
            var batch = Old(db, before).Where(i => some.Contains(i.Id));
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await Attempts(db, batch).ExecuteDeleteAsync(cancel);
            await Decisions(db, batch).ExecuteDeleteAsync(cancel);
            await Prints(db, batch).ExecuteDeleteAsync(cancel);
            await Renditions(db, batch).ExecuteDeleteAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        return true;
    }

    private static IQueryable<Item> Old(ShortsDb db, DateTimeOffset before) =>
        Ended(db).Where(i => i.ChangedAt < before);

    /// <summary>Items that have come to an end.</summary>
    public static IQueryable<Item> Ended(ShortsDb db) =>
        db.Items.Where(i =>
            i.State == ItemState.Published
            || i.State == ItemState.Rejected
            || i.State == ItemState.Failed
            || i.State == ItemState.Expired
        );

    private static IQueryable<Attempt> Attempts(ShortsDb db, IQueryable<Item> items) =>
        db.Attempts.Where(a => items.Any(i => i.Id == a.ItemId));

    private static IQueryable<ItemPrint> Prints(ShortsDb db, IQueryable<Item> items) =>
        db.ItemPrints.Where(p => items.Any(i => i.Id == p.ItemId));

    private static IQueryable<Decision> Decisions(ShortsDb db, IQueryable<Item> items) =>
        db.Decisions.Where(d => items.Any(i => i.Id == d.ItemId));

    private static IQueryable<Rendition> Renditions(ShortsDb db, IQueryable<Item> items) =>
        db.Renditions.Where(r => items.Any(i => i.Id == r.ItemId) && !db.Publications.Any(p => p.RenditionId == r.Id));
}
