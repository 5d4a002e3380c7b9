using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Doors that are shut for now: an account that must log in again, a channel that has reached the platform's limit.</summary>
public sealed class Holds(IDbContextFactory<ShortsDb> databases, Alerts alerts, TimeProvider time, ILogger<Holds> log)
{
    /// <summary>No door is shut for longer by itself; an end further away was written down by a clock that was wrong.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(48);

    /// <returns>The first of these doors that is shut; null: all are open.</returns>
    public async Task<Hold?> FirstAsync(IReadOnlyCollection<string> scopes, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Shut(db, now)
            .Where(h => scopes.Contains(h.Scope))
            .OrderBy(h => h.Scope)
            .FirstOrDefaultAsync(cancel);
    }

    /// <param name="scope">Which door, for instance "account:YouTube/main".</param>
    /// <param name="reason">Why, and how to mend it.</param>
    /// <param name="until">When it opens by itself, in two days at the latest; null: when <see cref="ReleaseAsync"/> is called.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="by">Who did it, if a person in the control room; kept with it.</param>
    public async Task ShutAsync(
        string scope,
        string reason,
        DateTimeOffset? until,
        CancellationToken cancel,
        AuditEntry? by = null
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var hold = await db.Holds.SingleOrDefaultAsync(h => h.Scope == scope, cancel);
        if (hold is null)
            db.Holds.Add(hold = new Hold { Scope = scope, Reason = reason });
        var now = time.GetUtcNow();
        if (until - now > Longest)
            until = now + Longest;
        (hold.Reason, hold.Since, hold.Until) = (reason, now, until);
        if (by is not null)
            db.Audit.Add(by);
        await db.SaveChangesAsync(cancel);
        log.LogWarning(
            "{Scope} is on hold {Until}: {Reason}",
            scope,
            until is { } end ? $"until {end:u}" : "until it is mended",
            reason
        );
    }

    /// <summary>Opens the door again. Who waits in front of it goes on within a minute, also in another process.</summary>
    /// <param name="scope">Which door.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="by">Who did it, if a person in the control room; kept with it.</param>
    /// <returns>False when it was not shut.</returns>
    public async Task<bool> ReleaseAsync(string scope, CancellationToken cancel, AuditEntry? by = null)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Holds.Where(h => h.Scope == scope).ExecuteDeleteAsync(cancel) == 0)
            return false;
        // Those that wait for something else find that out.
        await WaitingAt(db, scope)
            .Where(i => i.Waits > 0 && i.NotBefore > now)
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.NotBefore, now), cancel);
        if (by is not null)
            db.Audit.Add(by);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        log.LogInformation("{Scope} is open again", scope);
        await alerts.ResolveAllAsync(TellsOf(scope), scope[(scope.IndexOf(':') + 1)..], cancel);
        return true;
    }

    // A channel is paused as a whole; all other doors are on the way out.
    private static IQueryable<Item> WaitingAt(ShortsDb db, string scope)
    {
        if (ChannelPause.ChannelOf(scope) is not { } channel)
            return db.Items.Where(i => i.State == ItemState.Publish);
        return db.Items.Where(i => i.Channel == channel && ItemStates.Working.Contains(i.State));
    }

    // Rules of the alerts that are raised together with a door of this kind.
    private static string[] TellsOf(string scope) =>
        scope.Split(':')[0] switch
        {
            "account" => ["CredentialRevoked", "ChannelMismatch"],
            "restore" => ["PublishLocked"],
            "destination" => ["DestinationRefused", "UploadLimit"],
            DatabaseDamage.Scope => [DatabaseDamage.Rule],
            _ => [],
        };

    /// <returns>All doors that are shut, in order.</returns>
    public async Task<IReadOnlyList<Hold>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Shut(db, time.GetUtcNow()).OrderBy(h => h.Scope).ToListAsync(cancel);
    }

    /// <summary>An end that has passed opens by itself; nobody has to be there.</summary>
    public static IQueryable<Hold> Shut(ShortsDb db, DateTimeOffset now)
    {
        var furthest = now + Longest;
        return db.Holds.AsNoTracking().Where(h => h.Until == null || (h.Until > now && h.Until <= furthest));
    }
}
