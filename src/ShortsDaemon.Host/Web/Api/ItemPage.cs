using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>Some of the items, newest first. Pages go by key, so that none is shown twice or left out when new ones come.</summary>
/// <param name="State">Only those that stand there; null: any.</param>
/// <param name="Channels">Only theirs; null: any.</param>
/// <param name="Before">Only older ones; null: from the newest on.</param>
/// <param name="Limit">At most so many.</param>
internal sealed record ItemPage(ItemState? State, List<string>? Channels, ItemId? Before, int Limit)
{
    /// <returns>The items, and before which the next page goes on; null: there are no more.</returns>
    public async Task<(IReadOnlyList<HistoryLine> Lines, ItemId? Next)> ReadAsync(ShortsDb db, CancellationToken cancel)
    {
        var wanted = db.Items.AsNoTracking().Where(i => i.Id != CanaryItem.Id);
        if (State is { } state)
            wanted = wanted.Where(i => i.State == state);
        if (Channels is { } channels)
            wanted = wanted.Where(i => channels.Contains(i.Channel));
        if (Before is { } before)
            wanted = wanted.Where(i => i.Id < before);
        var items = await wanted.OrderByDescending(i => i.Id).Take(Limit + 1).ToListAsync(cancel);
        ItemId? next = null;
        if (items.Count > Limit)
        {
            items.RemoveAt(Limit);
            next = items[^1].Id;
        }
        return (await WithPlacesAsync(db, items, cancel), next);
    }

    private static async Task<List<HistoryLine>> WithPlacesAsync(
        ShortsDb db,
        List<Item> items,
        CancellationToken cancel
    )
    {
        var ids = items.ConvertAll(i => i.Id);
        var places = await db
            .Publications.AsNoTracking()
            .Where(p => ids.Contains(p.ItemId) && p.RemoteId != null)
            .Select(p => new { p.ItemId, p.RemoteId })
            .ToListAsync(cancel);
        var byItem = places.ToLookup(p => p.ItemId, p => p.RemoteId!);
        return items.ConvertAll(i => new HistoryLine(i, [.. byItem[i.Id]]));
    }
}
