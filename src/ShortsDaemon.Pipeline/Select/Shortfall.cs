using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>What the latest run of a channel has lost of the items it selected.</summary>
/// <param name="Run">That run.</param>
/// <param name="Items">How many came to a bad end and were not replaced.</param>
internal sealed record Shortfall(Run Run, int Items)
{
    private static readonly ItemState[] Good = [.. ItemStates.UnderWay, ItemState.Published];

    public Room RoomOf(SelectionOptions options) => Room.OfRun(options.MaxPerRun) with { Items = Items };

    /// <returns>Null when nothing is missing.</returns>
    public static async Task<Shortfall?> OfAsync(ShortsDb db, string channel, CancellationToken cancel)
    {
        var run = await db
            .Runs.AsNoTracking()
            .Where(r => r.Channel == channel && r.Selected > 0)
            .OrderByDescending(r => r.Id)
            .FirstOrDefaultAsync(cancel);
        if (run is null)
            return null;
        var good = await db.Items.CountAsync(i => i.RunId == run.Id && Good.Contains(i.State), cancel);
        return good < run.Selected ? new Shortfall(run, run.Selected - good) : null;
    }
}
