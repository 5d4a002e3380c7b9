using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>Reads one page of the wall. Nothing here counts or reads all items: there may be a million.</summary>
internal sealed class WallReader(IDbContextFactory<ShortsDb> databases, ItemMedia media, TimeProvider time)
{
    public const int PageSize = 48;

    // With words and a filter every hit has to be looked up, and perhaps none fits the filter.
    private const int MostLookedAt = 4000;

    public async Task<WallReading> ReadAsync(WallQuery query, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var channels = await db.Channels.AsNoTracking().Select(c => c.Name).OrderBy(name => name).ToListAsync(cancel);
        var empty = new WallReading(query, time.GetUtcNow())
        {
            Channels = [.. channels.Where(name => name != CanaryItem.Channel)],
        };
        if (query.Words.Length == 0)
            return await FillAsync(empty, db, db.Items, null, cancel);
        if (TextSearch.Match(query.Words) is not { } match)
            return empty;
        var most = query.IsFiltered ? MostLookedAt : PageSize + 1;
        var found = await db.FindAsync(match, query.Before, most, cancel);
        return await FillAsync(empty, db, db.Among(found), found.Count == most ? found[^1] : null, cancel);
    }

    /// <param name="oldest">The last item that was looked at, when there are others beyond it.</param>
    private async Task<WallReading> FillAsync(
        WallReading empty,
        ShortsDb db,
        IQueryable<Item> items,
        ItemId? oldest,
        CancellationToken cancel
    )
    {
        var found = await CardsAsync(items, empty.Query, cancel);
        var cards = found.Take(PageSize).ToList();
        var places = await PlacesAsync(db, [.. cards.Select(card => card.Id)], cancel);
        var isFull = found.Count > PageSize;
        return empty with
        {
            Cards = [.. cards.Select(card => Complete(card, places[card.Id]))],
            Older = isFull ? cards[^1].Id : oldest,
            LookedAt = !isFull && oldest is not null ? MostLookedAt : 0,
        };
    }

    // One more than a page holds tells whether there is another.
    private static async Task<List<WallCard>> CardsAsync(
        IQueryable<Item> items,
        WallQuery query,
        CancellationToken cancel
    )
    {
        items = items.AsNoTracking().Where(i => i.Id > CanaryItem.Id);
        if (query.Before is { } before)
            items = items.Where(i => i.Id < before);
        if (query.State is { } state)
            items = items.Where(i => i.State == state);
        if (query.Channel is { } channel)
            items = items.Where(i => i.Channel == channel);
        return await items
            .OrderByDescending(i => i.Id)
            .Take(PageSize + 1)
            .Select(i => new WallCard(i.Id, i.Title, i.Channel, i.State, i.DiscoveredAt, i.Reason ?? i.Trouble))
            .ToListAsync(cancel);
    }

    private static async Task<ILookup<ItemId, string>> PlacesAsync(
        ShortsDb db,
        List<ItemId> items,
        CancellationToken cancel
    )
    {
        var places = await db
            .Publications.AsNoTracking()
            .Where(p => items.Contains(p.ItemId) && p.RemoteId != null)
            .OrderBy(p => p.Id)
            .Select(p => new { p.ItemId, Place = p.RemoteId! })
            .ToListAsync(cancel);
        return places.ToLookup(p => p.ItemId, p => p.Place);
    }

    private WallCard Complete(WallCard card, IEnumerable<string> places)
    {
        var all = places.ToList();
        return card with { Places = all, HasThumbnail = media.Thumbnail(card.Id, all) is not null };
    }
}
