using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>The candidates of a channel.</summary>
internal static class Backlog
{
    private const int Batch = 500;

    /// <returns>What waits to be selected, and the clips whose better twin has come to a bad end: it is their turn again.</returns>
    public static async Task<List<Item>> ReadAsync(
        ShortsDb db,
        string channel,
        SelectionOptions options,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var waiting = await Waiting(db, channel).ToListAsync(cancel);
        var back = await Back(db, channel, options, now).ToListAsync(cancel);
        foreach (var item in back)
            (item.State, item.DuplicateOf, item.Reason) = (ItemState.Candidate, null, null);
        return [.. waiting, .. back];
    }

    /// <summary>What waits to be selected.</summary>
    public static IQueryable<Item> Waiting(ShortsDb db, string channel) =>
        db.Items.Where(i => i.Channel == channel && i.State == ItemState.Candidate);

    /// <summary>The clips whose better twin has come to a bad end.</summary>
    public static IQueryable<Item> Back(ShortsDb db, string channel, SelectionOptions options, DateTimeOffset now)
    {
        var since = now.AddHours(-options.BacklogHours);
        return db
            .Items.Where(i => i.Channel == channel && i.State == ItemState.Rejected && i.DiscoveredAt >= since)
            .Where(i => i.DuplicateOf != null && i.ContentHash == null)
            .Where(i =>
                db.Items.Any(w =>
                    w.Id == i.DuplicateOf
                    && w.DuplicateOf == null
                    && (w.State == ItemState.Rejected || w.State == ItemState.Failed)
                )
            );
    }

    /// <returns>The reason of each candidate's latest decision.</returns>
    public static async Task<Dictionary<ItemId, string>> LatestReasonsAsync(
        ShortsDb db,
        List<Item> candidates,
        CancellationToken cancel
    )
    {
        var latest = new Dictionary<ItemId, string>();
        foreach (var batch in candidates.Select(c => c.Id).Chunk(Batch))
        {
            var ids = batch.ToList();
            var decisions = await db
                .Decisions.Where(d => ids.Contains(d.ItemId))
                .OrderBy(d => d.Id)
                .Select(d => new { d.ItemId, d.Reason })
                .ToListAsync(cancel);
            foreach (var decision in decisions)
                latest[decision.ItemId] = decision.Reason;
        }
        return latest;
    }
}
