using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>Reads how many items of a channel may be started without too many of them waiting in the end.</summary>
internal sealed class RoomReader(
    ShortsDb db,
    ShortsOptions all,
    string channel,
    ChannelOptions options,
    DateTimeOffset now
)
{
    // So many times MaxWaiting may be under way when most of them wait for a person or for something that is broken.
    private const int Patience = 5;

    // Who has waited so often for something around it says nothing about the slots of the others.
    private const int ManyWaits = 3;

    private readonly int _most = options.Selection.MaxWaiting;

    public async Task<Room> ReadAsync(CancellationToken cancel)
    {
        var underWay = await db
            .Items.AsNoTracking()
            .Where(i => i.Channel == channel && ItemStates.UnderWay.Contains(i.State))
            .Select(i => new UnderWay(i.Id, i.State == ItemState.Review || i.State == ItemState.Publish, i.Waits))
            .ToListAsync(cancel);
        // Where Shorts wait for slots, those that are still being made will wait as well. Elsewhere they wait only when
        // something is wrong.
        if (options.Destinations.OfType<PostingOptions>().Any())
            return await WithSlotsAsync(underWay, cancel);
        var waiting = underWay.Count(i => i.IsMade);
        return waiting < _most ? Room.Unlimited : Of(0, Full());
    }

    private async Task<Room> WithSlotsAsync(List<UnderWay> underWay, CancellationToken cancel)
    {
        var waiting = await ForOpenDoorsAsync([.. underWay.Where(i => i.Waits < ManyWaits)], cancel);
        return Of(_most - waiting, Full()).And(Of(Patience * _most - underWay.Count, Stuck()));
    }

    /// <returns>How many are still to go to a destination that is not held.</returns>
    private async Task<int> ForOpenDoorsAsync(List<UnderWay> underWay, CancellationToken cancel)
    {
        var shut = await Holds.Shut(db, now).Select(h => h.Scope).ToHashSetAsync(cancel);
        var open = options.Destinations.Where(d => !IsHeld(d, shut)).Select(d => d.NameIn(channel)).ToHashSet();
        // With every door shut, more Shorts are of no use to anybody.
        if (open.Count == 0 || open.Count == options.Destinations.Count)
            return underWay.Count;
        var settled = await db
            .Publications.Where(p => p.SettledAt != null && open.Contains(p.Destination))
            .Where(p => db.Items.Any(i => i.Id == p.ItemId && i.State == ItemState.Publish))
            .GroupBy(p => p.ItemId)
            .Where(g => g.Count() == open.Count)
            .Select(g => g.Key)
            .ToHashSetAsync(cancel);
        return underWay.Count(i => !i.IsMade || !settled.Contains(i.Id));
    }

    private bool IsHeld(DestinationOptions destination, HashSet<string> shut) =>
        destination is PostingOptions posting
        && PostingPlace.Of(all, channel, options, posting).Doors().Any(shut.Contains);

    private static Room Of(int room, string reason) =>
        new(Math.Max(0, room), nameof(SelectionOptions.MaxWaiting), reason);

    private string Full() =>
        $"{_most} Shorts are made or being made and wait for their slots; it waits until there are fewer (MaxWaiting)";

    private string Stuck() =>
        $"{Patience * _most} Shorts are under way, many of them held or waiting for something that is broken; it waits until "
        + $"there are fewer ({Patience} times MaxWaiting)";

    private sealed record UnderWay(ItemId Id, bool IsMade, int Waits);
}
