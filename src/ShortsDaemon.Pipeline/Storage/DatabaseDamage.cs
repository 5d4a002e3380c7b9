using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>
/// What follows when the database turns out to be damaged: the owner is told, and nothing more is published, because what
/// was published before may not be known any more.
/// </summary>
public sealed class DatabaseDamage(Holds holds, Alerts alerts, ILogger<DatabaseDamage> log)
{
    /// <summary>Rule of the alert.</summary>
    public const string Rule = "DatabaseDamaged";

    /// <summary>Scope of the hold, and subject of the alert.</summary>
    public const string Scope = "database";

    private static readonly string[] Doors = [Scope];

    // A damaged database may not even take the hold.
    private volatile string? _found;

    /// <returns>What is damaged and what to do; null: nothing is known to be.</returns>
    public async Task<string?> KnownAsync(CancellationToken cancel) =>
        _found ?? (await holds.FirstAsync(Doors, cancel))?.Reason;

    /// <param name="reason">What is damaged, and what to do.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task FoundAsync(string reason, CancellationToken cancel)
    {
        try
        {
            await holds.ShutAsync(Scope, reason, until: null, cancel);
            await alerts.RaiseAsync(Rule, Scope, AlertLevel.Critical, reason, cancel);
        }
        catch (Exception e) when (e is SqliteException or DbUpdateException)
        {
            _found = reason;
            log.LogCritical(
                "{Reason} It does not take this note, either: {Trouble}",
                reason,
                e.GetBaseException().Message
            );
        }
    }

    /// <summary>It was looked at and is whole.</summary>
    public async Task ClearAsync(CancellationToken cancel)
    {
        _found = null;
        // Takes the alert with it.
        if (!await holds.ReleaseAsync(Scope, cancel))
            await alerts.ResolveAsync(Rule, Scope, cancel);
    }

    /// <exception cref="UnavailableException">It is damaged.</exception>
    public async Task RequireWholeAsync(CancellationToken cancel)
    {
        if (await KnownAsync(cancel) is { } reason)
            throw new UnavailableException("nothing is published: " + reason);
    }
}
