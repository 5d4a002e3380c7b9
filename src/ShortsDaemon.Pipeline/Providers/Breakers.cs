using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Providers;

/// <summary>
/// Circuit breakers, one for each provider. After some failures in a row nothing goes out for a growing time; then exactly
/// one call may see whether it works again. They live in the database, so that a restart does not storm what is down.
/// </summary>
public sealed class Breakers(
    IDbContextFactory<ShortsDb> databases,
    Alerts alerts,
    TimeProvider time,
    ILogger<Breakers> log
)
{
    /// <summary>Rule of the alert that is open as long as a breaker is.</summary>
    public const string AlertRule = "BreakerOpen";

    // A probe that takes longer than its lease is still the only one of this process.
    private readonly ConcurrentDictionary<string, byte> _probing = new(StringComparer.Ordinal);

    /// <param name="provider">Whose breaker, for instance Twitch.</param>
    /// <param name="call">The call. Only exceptions that mean "the provider is down" count, see <see cref="ProviderDownException"/>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="NotYetException">The breaker is open; nothing was called.</exception>
    public Task<T> RunAsync<T>(string provider, Func<CancellationToken, Task<T>> call, CancellationToken cancel) =>
        RunAsync(provider, call, _ => null, cancel);

    /// <param name="provider">Whose breaker.</param>
    /// <param name="call">The call.</param>
    /// <param name="complaint">What in a result means that the provider is down, in words; null: it works.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<T> RunAsync<T>(
        string provider,
        Func<CancellationToken, Task<T>> call,
        Func<T, string?> complaint,
        CancellationToken cancel
    )
    {
        var pass = await EnterAsync(provider, cancel);
        try
        {
            var result = await call(cancel);
            var words = complaint(result);
            await TryKeepAsync(pass, words is null ? ProviderSign.Works : ProviderSign.Down, words);
            return result;
        }
        catch (Exception e)
        {
            await TryKeepAsync(pass, ProviderSigns.Of(e, cancel), e.Message);
            throw;
        }
        finally
        {
            if (pass.IsProbe)
                _probing.TryRemove(provider, out _);
        }
    }

    /// <returns>Every breaker that was ever used, by name.</returns>
    public async Task<IReadOnlyList<Breaker>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Breakers.AsNoTracking().OrderBy(b => b.Provider).ToListAsync(cancel);
    }

    /// <summary>Closes it, whatever it was. Works from another process, too.</summary>
    /// <returns>False: there is none of this name.</returns>
    public async Task<bool> ResetAsync(string provider, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await CloseAsync(db.Breakers.Where(b => b.Provider == provider), cancel) == 0)
            return false;
        await alerts.ResolveAsync(AlertRule, provider, cancel);
        return true;
    }

    private async Task<Pass> EnterAsync(string provider, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var breaker = await db.Breakers.AsNoTracking().SingleOrDefaultAsync(b => b.Provider == provider, cancel);
        if (breaker is null or { State: BreakerState.Closed })
            return new Pass(provider, IsProbe: false, HadFailures: breaker?.Failures > 0);
        var now = time.GetUtcNow();
        if (breaker.ProbeAt > now && breaker.ProbeAt <= now + BreakerRules.Longest)
            throw Shut(breaker, breaker.ProbeAt.Value);
        if (!_probing.TryAdd(provider, 0))
            throw Shut(breaker, now + BreakerRules.ProbeLease);
        try
        {
            if (await TakeProbeAsync(db, provider, now, cancel))
                return new Pass(provider, IsProbe: true, HadFailures: true);
            throw Shut(breaker, now + BreakerRules.ProbeLease);
        }
        catch
        {
            _probing.TryRemove(provider, out _);
            throw;
        }
    }

    // Only one of several processes finds the row as it was.
    private static async Task<bool> TakeProbeAsync(
        ShortsDb db,
        string provider,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var furthest = now + BreakerRules.Longest;
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

    private static NotYetException Shut(Breaker breaker, DateTimeOffset until) =>
        new(
            until,
            $"{breaker.Provider} has not worked since {breaker.OpenedAt:u} ({breaker.LastError}); it is tried again at {until:u}"
        );

    // The call has happened. Its result, or its own exception, counts more than this note of it.
    private async Task TryKeepAsync(Pass pass, ProviderSign sign, string? words)
    {
        try
        {
            await KeepAsync(pass, sign, words ?? "");
        }
        catch (Exception e) when (e is DbUpdateException or SqliteException)
        {
            log.LogWarning(
                "The breaker of {Provider} could not be kept: {Reason}",
                pass.Provider,
                e.GetBaseException().Message
            );
        }
    }

    private async Task KeepAsync(Pass pass, ProviderSign sign, string words)
    {
        // Kept even when the caller has been told to stop.
        var cancel = CancellationToken.None;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var mine = db.Breakers.Where(b => b.Provider == pass.Provider);
        switch (sign)
        {
            case ProviderSign.Down:
                await FailAsync(db, pass, words, cancel);
                break;
            case ProviderSign.Works when pass.IsProbe:
                await CloseAsync(mine, cancel);
                await alerts.ResolveAsync(AlertRule, pass.Provider, cancel);
                break;
            case ProviderSign.Works when pass.HadFailures:
                await CloseAsync(mine.Where(b => b.State == BreakerState.Closed), cancel);
                break;
            case ProviderSign.Unknown when pass.IsProbe:
                await GiveBackProbeAsync(mine, cancel);
                break;
        }
    }

    private async Task FailAsync(ShortsDb db, Pass pass, string error, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var breaker = await db.Breakers.SingleOrDefaultAsync(b => b.Provider == pass.Provider, cancel);
        if (breaker is null)
            db.Breakers.Add(breaker = new Breaker { Provider = pass.Provider });
        var opened = BreakerRules.Fail(breaker, error, pass.IsProbe, time.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (opened)
            await alerts.RaiseAsync(
                AlertRule,
                pass.Provider,
                AlertLevel.Warning,
                $"{pass.Provider} failed {breaker.Failures} times in a row ({error}). Nothing goes there but a probe from time "
                    + $"to time. It mends itself; to try at once: ShortsDaemon breaker reset {pass.Provider}",
                cancel
            );
    }

    private static Task<int> CloseAsync(IQueryable<Breaker> breakers, CancellationToken cancel) =>
        breakers.ExecuteUpdateAsync(
            s =>
                s.SetProperty(b => b.State, BreakerState.Closed)
                    .SetProperty(b => b.Failures, 0)
                    .SetProperty(b => b.Openings, 0)
                    .SetProperty(b => b.OpenedAt, (DateTimeOffset?)null)
                    .SetProperty(b => b.ProbeAt, (DateTimeOffset?)null),
            cancel
        );

    private Task<int> GiveBackProbeAsync(IQueryable<Breaker> mine, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return mine.Where(b => b.State == BreakerState.HalfOpen)
            .ExecuteUpdateAsync(
                s => s.SetProperty(b => b.State, BreakerState.Open).SetProperty(b => b.ProbeAt, now),
                cancel
            );
    }

    private sealed record Pass(string Provider, bool IsProbe, bool HadFailures);
}
