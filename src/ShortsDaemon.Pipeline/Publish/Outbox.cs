using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish;

/// <summary>The promises to publish. Each step is committed before the next one is made.</summary>
public sealed class Outbox(IDbContextFactory<ShortsDb> databases, TimeProvider time)
{
    private const int ConstraintViolated = 19;

    /// <returns>Every promise that was made for the item.</returns>
    public async Task<IReadOnlyList<Publication>> OfAsync(ItemId item, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Publications.AsNoTracking().Where(p => p.ItemId == item).ToListAsync(cancel);
    }

    /// <returns>The promise for this item and destination; made now when there is none.</returns>
    public async Task<Publication> IntendAsync(
        Item item,
        Rendition rendition,
        string destination,
        CancellationToken cancel
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await db.Publications.SingleOrDefaultAsync(
            p => p.ItemId == item.Id && p.Destination == destination,
            cancel
        );
        if (known is not null)
            return known;
        var intent = new Publication
        {
            ItemId = item.Id,
            RenditionId = rendition.Id,
            Destination = destination,
            Sha256 = rendition.Sha256!,
            IntendedAt = time.GetUtcNow(),
        };
        db.Publications.Add(intent);
        await db.SaveChangesAsync(cancel);
        return intent;
    }

    /// <returns>False when another Short has this name at the destination.</returns>
    public async Task<bool> TryReserveAsync(Publication publication, string name, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Publications.Attach(publication);
        publication.ReservedName = name;
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is SqliteException { SqliteErrorCode: ConstraintViolated })
        {
            publication.ReservedName = null;
            return false;
        }
    }

    /// <summary>
    /// The Short was made again after its files were lost: the promise is for the new one from here on. Called once the
    /// publisher knows that the one promised before has not arrived.
    /// </summary>
    public async Task RenewAsync(Publication publication, Rendition rendition, CancellationToken cancel)
    {
        if (publication.RenditionId == rendition.Id)
            return;
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Publications.Attach(publication);
        publication.RenditionId = rendition.Id;
        publication.Sha256 = rendition.Sha256!;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Keeps whatever the publisher has to remember before its next step.</summary>
    public async Task NoteAsync(Publication publication, Action<Publication> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Publications.Attach(publication);
        change(publication);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Keeps that it arrived; there may be more to do there.</summary>
    public Task ArriveAsync(Publication publication, string remoteId, CancellationToken cancel) =>
        NoteAsync(
            publication,
            p =>
            {
                p.RemoteId = remoteId;
                p.PublishedAt ??= time.GetUtcNow();
            },
            cancel
        );

    /// <summary>Keeps that it arrived and that nothing is left to do there.</summary>
    public Task ConfirmAsync(Publication publication, string remoteId, CancellationToken cancel) =>
        NoteAsync(
            publication,
            p =>
            {
                p.RemoteId = remoteId;
                p.SettledAt = time.GetUtcNow();
                p.PublishedAt ??= p.SettledAt;
            },
            cancel
        );

    /// <summary>Keeps that it is there and that no more is done for it, although not all is as it should be.</summary>
    public Task SettleAsync(Publication publication, string remark, CancellationToken cancel) =>
        NoteAsync(
            publication,
            p =>
            {
                p.SettledAt = time.GetUtcNow();
                p.PublishedAt ??= p.SettledAt;
                p.Remark = p.Remark is null ? remark : $"{p.Remark}; {remark}";
            },
            cancel
        );

    /// <summary>Keeps that the destination does not take it, or has thrown it out again: nothing is left to do there.</summary>
    public Task RefuseAsync(Publication publication, string reason, CancellationToken cancel) =>
        NoteAsync(publication, p => (p.Rejection, p.SettledAt) = (reason, time.GetUtcNow()), cancel);
}
