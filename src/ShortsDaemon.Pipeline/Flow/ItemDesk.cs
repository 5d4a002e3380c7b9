using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Who does what.</summary>
/// <param name="Who">Name.</param>
/// <param name="What">For instance approve.</param>
/// <param name="Detail">With which words or wishes; null: none.</param>
public sealed record ItemDeed(string Who, string What, string? Detail = null)
{
    /// <summary>A stage that works at the item is stopped for it, rather than the person sent away.</summary>
    public bool Interrupts { get; init; }
}

/// <summary>Where a person changes an item: while no stage works at it, in one transaction together with the note who did it.</summary>
public sealed class ItemDesk(
    IDbContextFactory<ShortsDb> databases,
    ItemTurns turns,
    TimeProvider time,
    ILogger<ItemDesk> log
)
{
    // Programs are given so long to end before they are killed, and some more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public Task ChangeAsync(ItemId id, ItemDeed deed, Action<ShortsDb, Item> change) =>
        ChangeAsync(
            id,
            deed,
            (db, item) =>
            {
                change(db, item);
                return Task.CompletedTask;
            }
        );

    /// <param name="id">The item.</param>
    /// <param name="deed">Kept.</param>
    /// <param name="change">Looks whether it may be, and does it.</param>
    /// <exception cref="ActionRefusedException">It was not done.</exception>
    public async Task ChangeAsync(ItemId id, ItemDeed deed, Func<ShortsDb, Item, Task> change)
    {
        using var turn = await TakeAsync(id, deed);
        await using var db = await databases.CreateDbContextAsync();
        // Takes the right to write at once, so that nobody changes what is looked at here.
        await using var transaction = await db.Database.BeginTransactionAsync();
        var item = await FindAsync(db, id);
        var before = item.State;
        await change(db, item);
        var now = time.GetUtcNow();
        if (item.State != before)
            item.ChangedAt = now;
        db.Audit.Add(
            new AuditEntry
            {
                At = now,
                Who = deed.Who,
                What = deed.What,
                ItemId = id,
                Detail = deed.Detail,
            }
        );
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        using var scope = log.BeginItem(item);
        log.LogInformation("{Who}: {What} {Detail}", deed.Who, deed.What, deed.Detail ?? "");
    }

    /// <param name="holds">What has to be so.</param>
    /// <param name="otherwise">Why not, after "item 5 stays as it is: ".</param>
    /// <param name="item">The item.</param>
    /// <exception cref="ActionRefusedException">It is not so.</exception>
    public static void Require(bool holds, string otherwise, Item item)
    {
        if (!holds)
            throw new ActionRefusedException(Refusal.NotNow, $"Item {item.Id} stays as it is: {otherwise}.");
    }

    /// <exception cref="ActionRefusedException">Something may have been sent to a destination.</exception>
    public static async Task RequireNothingSentAsync(ShortsDb db, Item item)
    {
        var promises = await db.Publications.AsNoTracking().Where(p => p.ItemId == item.Id).ToListAsync();
        var begun = promises.Find(p => p.HasBegun);
        Require(begun is null, $"publishing it at {begun?.Destination} has begun, and that is not called back", item);
    }

    private async Task<ItemTurn> TakeAsync(ItemId id, ItemDeed deed)
    {
        if (turns.TryTake(id) is { } free)
            return free;
        if (deed.Interrupts && await MayInterruptAsync(id))
        {
            try
            {
                await turns.InterruptAsync(id).WaitAsync(Patience, time);
            }
            catch (TimeoutException)
            {
                throw await BusyAsync(id);
            }
            if (turns.TryTake(id) is { } freed)
                return freed;
        }
        throw await BusyAsync(id);
    }

    // An upload is left alone: nobody could say how far it has come.
    private async Task<bool> MayInterruptAsync(ItemId id)
    {
        await using var db = await databases.CreateDbContextAsync();
        return (await FindAsync(db, id)).State != ItemState.Publish;
    }

    private async Task<ActionRefusedException> BusyAsync(ItemId id)
    {
        await using var db = await databases.CreateDbContextAsync();
        var state = (await FindAsync(db, id)).State;
        return new ActionRefusedException(
            Refusal.NotNow,
            $"Item {id} is being {ItemWords.Worked(state)} just now; try again in a moment."
        );
    }

    internal static async Task<Item> FindAsync(ShortsDb db, ItemId id) =>
        (id == CanaryItem.Id ? null : await db.Items.SingleOrDefaultAsync(i => i.Id == id))
        ?? throw new ActionRefusedException(Refusal.NoSuchItem, $"There is no item {id}.");
}
