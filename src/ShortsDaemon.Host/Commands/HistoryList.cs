using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>Which items are asked for; null: any.</summary>
internal sealed record HistoryFilter(string? Channel, ItemState? State, int Limit);

/// <summary>What `history` shows.</summary>
/// <param name="Lines">Newest first.</param>
/// <param name="Older">How many more there are.</param>
internal sealed record HistoryList(IReadOnlyList<HistoryLine> Lines, int Older)
{
    public static async Task<HistoryList> ReadAsync(ShortsDb db, HistoryFilter filter, CancellationToken cancel)
    {
        var wanted = db.Items.AsNoTracking().Where(i => i.Id != CanaryItem.Id);
        if (filter.Channel is { } channel)
            wanted = wanted.Where(i => EF.Functions.Collate(i.Channel, "NOCASE") == channel);
        if (filter.State is { } state)
            wanted = wanted.Where(i => i.State == state);
        var items = await wanted.OrderByDescending(i => i.Id).Take(filter.Limit).ToListAsync(cancel);
        var ids = items.Select(i => i.Id).ToList();
        var places = await db
            .Publications.AsNoTracking()
            .Where(p => ids.Contains(p.ItemId) && p.RemoteId != null)
            .ToListAsync(cancel);
        var lines = items.Select(i => new HistoryLine(
            i,
            [.. places.Where(p => p.ItemId == i.Id).Select(p => p.RemoteId!)]
        ));
        return new HistoryList([.. lines], await wanted.CountAsync(cancel) - items.Count);
    }

    public void Print(ShortsOptions options)
    {
        if (Lines.Count == 0)
            Console.WriteLine("No such items.");
        else
            PrintTable(options);
        if (Older > 0)
            Console.WriteLine($"{Older} older ones are not shown; see --limit.");
    }

    private void PrintTable(ShortsOptions options)
    {
        var table = new TextTable("id", "found", "channel", "state", "title", "where or why");
        foreach (var line in Lines)
            table.Add(
                line.Item.Id.ToString(),
                ChannelClock.Of(options, line.Item.Channel).SayWithOffset(line.Item.DiscoveredAt),
                line.Item.Channel,
                line.Item.State.ToString(),
                line.Item.Title,
                line.Outcome
            );
        table.Print();
    }
}

/// <param name="Item">The item.</param>
/// <param name="Places">Where its Short is.</param>
internal sealed record HistoryLine(Item Item, IReadOnlyList<string> Places)
{
    public string Outcome => Places.Count > 0 ? string.Join(", ", Places) : Item.Reason ?? Item.Trouble ?? "";

    public ItemEntry Describe() =>
        new(
            Item.Id.Value,
            Item.DiscoveredAt,
            Item.ChangedAt,
            Item.Channel,
            Item.State,
            Item.Title,
            Item.Reason ?? Item.Trouble,
            Item.NotBefore,
            Places
        );
}

/// <summary>An item as `history --json` and the API tell it; see <see cref="Pipeline.Storage.Item"/>.</summary>
/// <param name="Id">Number of the item.</param>
/// <param name="DiscoveredAt">When its source first had it.</param>
/// <param name="ChangedAt">When it last moved.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Reason">Why it stands there; null: nothing to tell.</param>
/// <param name="NotBefore">No work before this time; null: at once.</param>
/// <param name="Published">Where its Short is.</param>
internal sealed record ItemEntry(
    long Id,
    DateTimeOffset DiscoveredAt,
    DateTimeOffset ChangedAt,
    string Channel,
    ItemState State,
    string Title,
    string? Reason,
    DateTimeOffset? NotBefore,
    IReadOnlyList<string> Published
);
