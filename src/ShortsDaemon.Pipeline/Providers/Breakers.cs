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

    private readonly BreakerRows _rows = new(databases, time);

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
    public Task<IReadOnlyList<Breaker>> ListAsync(CancellationToken cancel) => _rows.ListAsync(cancel);

    /// <summary>Closes it, whatever it was. Works from another process, too.</summary>
    /// <returns>False: there is none of this name.</returns>
    /// <param name="provider">Name.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="by">Who did it, if a person in the control room; kept with it.</param>
    public async Task<bool> ResetAsync(string provider, CancellationToken cancel, AuditEntry? by = null)
    {
        if (!await _rows.CloseAsync(provider, alsoOpen: true, cancel, by))
            return false;
        await alerts.ResolveAsync(AlertRule, provider, cancel);
        return true;
    }

    private async Task<Pass> EnterAsync(string provider, CancellationToken cancel)
    {
        var breaker = await _rows.FindAsync(provider, cancel);
        if (breaker is null or { State: BreakerState.Closed })
            return new Pass(provider, IsProbe: false, HadFailures: breaker?.Failures > 0);
        var now = time.GetUtcNow();
        if (breaker.NextTry(now) is { } next && next > now)
            throw Shut(breaker, next);
        if (!_probing.TryAdd(provider, 0))
            throw Shut(breaker, now + BreakerRules.ProbeLease);
        try
        {
            if (await _rows.TakeProbeAsync(provider, cancel))
                return new Pass(provider, IsProbe: true, HadFailures: true);
            throw Shut(breaker, now + BreakerRules.ProbeLease);
        }
        catch
        {
            _probing.TryRemove(provider, out _);
            throw;
        }
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
        switch (sign)
        {
            case ProviderSign.Down:
                if (await _rows.FailAsync(pass.Provider, words, pass.IsProbe, cancel) is { } opened)
                    await TellAsync(opened, cancel);
                break;
            case ProviderSign.Works when pass.IsProbe:
                await ResetAsync(pass.Provider, cancel);
                break;
            case ProviderSign.Works when pass.HadFailures:
                await _rows.CloseAsync(pass.Provider, alsoOpen: false, cancel);
                break;
            case ProviderSign.Unknown when pass.IsProbe:
                await _rows.GiveBackProbeAsync(pass.Provider, cancel);
                break;
        }
    }

    private Task TellAsync(Breaker breaker, CancellationToken cancel) =>
        alerts.RaiseAsync(
            AlertRule,
            breaker.Provider,
            AlertLevel.Warning,
            $"{breaker.Provider} failed {breaker.Failures} times in a row ({breaker.LastError}). Nothing goes there but a probe "
                + $"from time to time. It mends itself; to try at once: ShortsDaemon breaker reset {breaker.Provider}",
            cancel
        );

    private sealed record Pass(string Provider, bool IsProbe, bool HadFailures);
}
