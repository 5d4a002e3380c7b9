using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Providers;

/// <summary>The breakers in the database. Each step is one that several processes may try at once.</summary>
internal sealed class BreakerRows(IDbContextFactory<ShortsDb> databases, TimeProvider time)
{
    public async Task<Breaker?> FindAsync(string provider, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Breakers.AsNoTracking().SingleOrDefaultAsync(b => b.Provider == provider, cancel);
    }

    public async Task<IReadOnlyList<Breaker>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Breakers.AsNoTracking().OrderBy(b => b.Provider).ToListAsync(cancel);
    }

    /// <returns>Whether the probe is ours: only one of several finds the row as it was.</returns>
    public async Task<bool> TakeProbeAsync(string provider, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var furthest = now + BreakerRules.Longest;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db
                .Breakers.Where(b => b.Provider == provider && b.State != BreakerState.Closed)
                .Where(b => b.ProbeAt <= now || b.ProbeAt > furthest)
                .ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(b => b.State, BreakerState.HalfOpen)
                            .SetProperty(b => b.ProbeAt, now + BreakerRules.ProbeLease),
                    cancel
                ) == 1;
    }

    /// <summary>The probe has told nothing: the next call may be one.</summary>
    public async Task GiveBackProbeAsync(string provider, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db
            .Breakers.Where(b => b.Provider == provider && b.State == BreakerState.HalfOpen)
            .ExecuteUpdateAsync(
                s => s.SetProperty(b => b.State, BreakerState.Open).SetProperty(b => b.ProbeAt, now),
                cancel
            );
    }

    /// <returns>The breaker, when it has opened by this failure.</returns>
    public async Task<Breaker?> FailAsync(string provider, string error, bool isProbe, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var breaker = await db.Breakers.SingleOrDefaultAsync(b => b.Provider == provider, cancel);
        if (breaker is null)
            db.Breakers.Add(breaker = new Breaker { Provider = provider });
        var opened = BreakerRules.Fail(breaker, error, isProbe, time.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return opened ? breaker : null;
    }

    /// <param name="provider">Which.</param>
    /// <param name="alsoOpen">Also when it is open; otherwise only its failures are forgotten.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>False: there is none of this name, or it is open and was to stay so.</returns>
    /// <param name="by">Who did it, if a person; kept with it.</param>
    public async Task<bool> CloseAsync(string provider, bool alsoOpen, CancellationToken cancel, AuditEntry? by = null)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var closed =
            await db
                .Breakers.Where(b => b.Provider == provider && (alsoOpen || b.State == BreakerState.Closed))
                .ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(b => b.State, BreakerState.Closed)
                            .SetProperty(b => b.Failures, 0)
                            .SetProperty(b => b.Openings, 0)
                            .SetProperty(b => b.OpenedAt, (DateTimeOffset?)null)
                            .SetProperty(b => b.ProbeAt, (DateTimeOffset?)null),
                    cancel
                ) == 1;
        if (closed && by is not null)
            db.Audit.Add(by);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return closed;
    }
}
