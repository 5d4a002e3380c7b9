using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.AfterRestore;

/// <summary>
/// After a restore the database has forgotten what went out since its backup. Nothing goes to a destination until that has
/// been read back, and what is found there is taken over instead of being sent again.
/// </summary>
public sealed class RestoreLock(IDbContextFactory<ShortsDb> databases, Holds holds, Outbox outbox, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <param name="destination">Channel and destination, for instance main/YouTube.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="NotYetException">It has not been read back.</exception>
    public async Task RequireOpenAsync(string destination, CancellationToken cancel)
    {
        string[] doors = [PostingPlace.RestoreDoor, PostingPlace.RestoreDoorOf(destination)];
        if (await holds.FirstAsync(doors, cancel) is { } hold)
            throw new NotYetException(time.GetUtcNow() + Pause, $"{hold.Scope} is held: {hold.Reason}");
    }

    /// <returns>What a restore has shut and nobody has opened yet.</returns>
    public static Task<List<Hold>> ShutAsync(ShortsDb db, DateTimeOffset now, CancellationToken cancel) =>
        Holds
            .Shut(db, now)
            .Where(h => h.Scope.StartsWith(PostingPlace.RestoreDoor))
            .OrderBy(h => h.Scope)
            .ToListAsync(cancel);

    /// <summary>Remembers what was found at a destination, as far as the database does not know it.</summary>
    /// <returns>How many it did not know.</returns>
    public async Task<int> KeepAsync(string destination, IReadOnlyList<FoundUpload> found, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var published = await db
            .Publications.Where(p => p.Destination == destination && p.RemoteId != null)
            .Select(p => p.RemoteId!)
            .ToHashSetAsync(cancel);
        var kept = await db.FoundUploads.Select(f => f.Marker).ToHashSetAsync(cancel);
        var unknown = found
            .Where(f => !published.Contains(f.RemoteId) && !kept.Contains(f.Marker))
            .GroupBy(f => f.Marker)
            .Select(same => same.MinBy(f => f.PublishedAt)!)
            .ToList();
        db.FoundUploads.AddRange(unknown);
        await db.SaveChangesAsync(cancel);
        return unknown.Count;
    }

    /// <summary>A Short that was found at the destination counts as this promise's own.</summary>
    /// <returns>False: nothing is known to be there, or it was known before.</returns>
    public async Task<bool> AdoptAsync(Item item, Publication promise, CancellationToken cancel)
    {
        if (promise.RemoteId is not null)
            return false;
        var marker = ShortMarker.Of(item, promise.Destination);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await db.FoundUploads.AsNoTracking().SingleOrDefaultAsync(f => f.Marker == marker, cancel);
        if (found is null)
            return false;
        await outbox.NoteAsync(promise, p => TakeOver(p, found, time.GetUtcNow()), cancel);
        return true;
    }

    // Its slot is the time at which it went out, so that it counts on that day and takes no other Short's time.
    private static void TakeOver(Publication promise, FoundUpload found, DateTimeOffset now)
    {
        promise.RemoteId = found.RemoteId;
        promise.Title = found.Title;
        promise.PublishedAt = promise.SlotAt = found.PublishedAt ?? now;
        (promise.SessionUri, promise.SessionAt, promise.AcknowledgedBytes) = (null, null, 0);
        promise.Remark = "found there after a restore; not sent again";
    }
}
