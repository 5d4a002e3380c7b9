using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Metrics;

/// <summary>How many items there are, and how long those that could work have waited.</summary>
internal sealed class ItemGauges(IDbContextFactory<ShortsDb> databases, TimeProvider time) : IGauges
{
    private static readonly Gauge Items = new("shortsdaemon_items", "Items in the history, by state");

    private static readonly Gauge Queue = new(
        "shortsdaemon_queue_items",
        "Items that could work or do, by the stage that comes next"
    );

    private static readonly Gauge Waiting = new(
        "shortsdaemon_queue_waiting_items",
        "Items told to wait for a time or for something around them, by the stage that comes next"
    );

    private static readonly Gauge Oldest = new(
        "shortsdaemon_queue_oldest_age_seconds",
        "How long the oldest item that could work has stood at its stage; 0: there is none"
    );

    public string Subject => "items";
    public IReadOnlyList<Gauge> All { get; } = [Items, Queue, Waiting, Oldest];

    public async Task<IReadOnlyList<Reading>> ReadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        var items = db.Items.AsNoTracking().Where(item => item.Id != CanaryItem.Id);
        var ready = items.Where(item => item.NotBefore == null || item.NotBefore <= now);
        var counts = await CountAsync(items, cancel);
        var working = await CountAsync(ready.Where(item => ItemStates.Working.Contains(item.State)), cancel);
        List<Reading> readings =
        [
            .. Enum.GetValues<ItemState>()
                .Select(state => Items.Of(counts.GetValueOrDefault(state), ("state", FlowMeter.Label(state)))),
        ];
        foreach (var state in ItemStates.UnderWay)
        {
            var stage = ("stage", FlowMeter.Label(state));
            var could = working.GetValueOrDefault(state);
            readings.Add(Queue.Of(could, stage));
            // Both are counted a moment apart.
            readings.Add(Waiting.Of(Math.Max(0, counts.GetValueOrDefault(state) - could), stage));
            var since = could == 0 ? null : await OldestAsync(ready, state, cancel);
            readings.Add(Oldest.Of(Math.Max(0, (now - (since ?? now)).TotalSeconds), stage));
        }
        return readings;
    }

    private static Task<Dictionary<ItemState, int>> CountAsync(IQueryable<Item> items, CancellationToken cancel) =>
        items
            .GroupBy(item => item.State)
            .Select(same => new { State = same.Key, Count = same.Count() })
            .ToDictionaryAsync(same => same.State, same => same.Count, cancel);

    /// <summary>An item that was told to wait could work again from then on.</summary>
    private static async Task<DateTimeOffset?> OldestAsync(
        IQueryable<Item> ready,
        ItemState state,
        CancellationToken cancel
    )
    {
        var oldest = await ready
            .Where(item => item.State == state)
            .Select(item => new { Since = item.NotBefore ?? item.ChangedAt })
            .OrderBy(item => item.Since)
            .FirstOrDefaultAsync(cancel);
        return oldest?.Since;
    }
}
