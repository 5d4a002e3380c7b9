using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media.Fingerprints;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Finds what a channel has made that shows the same as a new recording.</summary>
public sealed class KnownPrints(IDbContextFactory<ShortsDb> databases, TimeProvider time)
{
    // What came to nothing may be tried with another recording of it.
    private static readonly ItemState[] CameToNothing = [ItemState.Rejected, ItemState.Failed, ItemState.Expired];

    /// <param name="item">The new item.</param>
    /// <param name="search">What its recording is like.</param>
    /// <param name="days">How far to look back; 0: nothing is compared.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The first that shows the same, if any, and how far was looked.</returns>
    public async Task<PrintFinding> FindAsync(
        Item item,
        FingerprintSearch search,
        double days,
        CancellationToken cancel
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await FindAsync(db, item, search, days, after: 0, cancel);
    }

    /// <summary>Inside the transaction: of two recordings of one moment that are rendered at the same time, one is the first.</summary>
    /// <param name="db">The transaction's.</param>
    /// <param name="item">The item, to be marked.</param>
    /// <param name="search">What its recording is like.</param>
    /// <param name="days">How far to look back; 0: nothing is compared.</param>
    /// <param name="earlier">What was found before.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The rejection of a duplicate; null: it is new, and its print is kept.</returns>
    public async Task<Outcome?> KeepAsync(
        ShortsDb db,
        Item item,
        FingerprintSearch search,
        double days,
        PrintFinding earlier,
        CancellationToken cancel
    )
    {
        if (days <= 0 || !search.Fingerprint.IsTelling)
            return null;
        if ((await FindAsync(db, item, search, days, earlier.LastSeen, cancel)).Known is { } known)
            return Reject(item, known);
        if (await db.ItemPrints.AnyAsync(p => p.ItemId == item.Id, cancel))
            return null; // rendered once more
        var (pictures, sound) = search.Fingerprint.Save();
        db.ItemPrints.Add(
            new ItemPrint
            {
                ItemId = item.Id,
                Channel = item.Channel,
                MadeAt = time.GetUtcNow(),
                Pictures = pictures,
                Sound = sound,
            }
        );
        return null;
    }

    /// <summary>Marks the item as the duplicate of what is known.</summary>
    public static Outcome Reject(Item item, KnownPrint known)
    {
        item.DuplicateOf = known.Item;
        return new Outcome.Rejected(known.Reason);
    }

    private async Task<PrintFinding> FindAsync(
        ShortsDb db,
        Item item,
        FingerprintSearch search,
        double days,
        long after,
        CancellationToken cancel
    )
    {
        if (days <= 0 || !search.Fingerprint.IsTelling)
            return new PrintFinding(null, after);
        var since = time.GetUtcNow().AddDays(-days);
        var prints = db
            .ItemPrints.AsNoTracking()
            .Where(p => p.Channel == item.Channel && p.MadeAt >= since && p.Id > after && p.ItemId != item.Id)
            .Join(
                db.Items,
                p => p.ItemId,
                i => i.Id,
                (p, i) =>
                    new
                    {
                        Print = p,
                        i.Title,
                        i.State,
                    }
            )
            .Where(x => !CameToNothing.Contains(x.State))
            .OrderBy(x => x.Print.Id)
            .AsAsyncEnumerable();
        var last = after;
        await foreach (var x in prints.WithCancellation(cancel))
        {
            last = x.Print.Id;
            var known = Fingerprint.Load(x.Print.Pictures, x.Print.Sound);
            if (known.IsTelling && search.Compare(known) is { } likeness)
                return new PrintFinding(
                    new KnownPrint(
                        x.Print.ItemId,
                        $"it shows the same as item {x.Print.ItemId} ('{x.Title}'): {likeness}"
                    ),
                    last
                );
        }
        return new PrintFinding(null, last);
    }
}

/// <param name="Known">What shows the same; null: nothing does.</param>
/// <param name="LastSeen">The last print that was compared; 0: none.</param>
public sealed record PrintFinding(KnownPrint? Known, long LastSeen);

/// <param name="Item">The item that shows the same.</param>
/// <param name="Reason">How it can be told, in words.</param>
public sealed record KnownPrint(ItemId Item, string Reason);
