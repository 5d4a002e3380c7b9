using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>A person wants an item out at once: windows, spacing and the daily cap no longer count for it.</summary>
public sealed class Hurry(IDbContextFactory<ShortsDb> databases, TimeProvider time)
{
    /// <summary>Works beside a running daemon, which takes it up within a minute.</summary>
    /// <param name="id">An item under way.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ActionRefusedException">No stage has anything to do with it.</exception>
    public async Task AskAsync(ItemId id, string who, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var item = await ItemDesk.FindAsync(db, id);
        ItemDesk.Require(ItemStates.Working.Contains(item.State), $"it {ItemWords.Standing(item.State)}", item);
        await db
            .Items.Where(i => i.Id == id)
            .ExecuteUpdateAsync(
                i =>
                    i.SetProperty(x => x.HurriedAt, now)
                        .SetProperty(x => x.NotBefore, now)
                        .SetProperty(x => x.PublishAfter, (DateTimeOffset?)null),
                cancel
            );
        // Whoever has just looked for a slot must not write down that it waits for it. Earlier stages do not look, and
        // their work is too dear to be done again.
        await db
            .Items.Where(i => i.Id == id && i.State == ItemState.Publish)
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.Version, x => x.Version + 1), cancel);
        db.Audit.Add(
            new AuditEntry
            {
                At = now,
                Who = who,
                What = "publish now",
                ItemId = id,
            }
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
