using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>
/// Who is meant by the logins of the configuration. Once known, somebody is asked for by id, so a rename is followed. Whoever
/// asks first asks for all channels, a hundred at once.
/// </summary>
public sealed class Broadcasters(
    HelixClient helix,
    IDbContextFactory<ShortsDb> databases,
    LiveOptions options,
    Alerts alerts,
    TimeProvider time,
    ILogger<Broadcasters> log
) : IDisposable
{
    private const string Rule = "BroadcasterGone";
    private static readonly TimeSpan Known = TimeSpan.FromHours(24);

    // Asked along with those that are due, so that the questions stay full.
    private static readonly TimeSpan SoonDue = TimeSpan.FromHours(12);

    // Somebody may come back, or an owner mends a login.
    private static readonly TimeSpan Missing = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<string, long> _unknown = new(StringComparer.Ordinal);

    /// <param name="login">As the configuration names it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="UnavailableException">Twitch does not know this broadcaster (any more), or cannot be asked.</exception>
    public async Task<Broadcaster> OfAsync(string login, CancellationToken cancel)
    {
        var name = KeyOf(login);
        var known = await KnownAsync(name, cancel);
        if (IsDue(name, known))
        {
            await AskAsync(name, cancel);
            known = await KnownAsync(name, cancel);
        }
        if (known is { GoneAt: null })
            return known;
        throw new UnavailableException(ProblemOf(name, known));
    }

    /// <returns>Who stands behind the login; null: nobody was found yet. Asks the database only.</returns>
    public async Task<Broadcaster?> KnownAsync(string login, CancellationToken cancel)
    {
        var name = KeyOf(login);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Broadcasters.AsNoTracking().SingleOrDefaultAsync(b => b.ConfiguredLogin == name, cancel);
    }

    public void Dispose() => _one.Dispose();

    private static string KeyOf(string login) => login.ToLowerInvariant();

    private bool IsDue(string login, Broadcaster? known) =>
        known is null
            ? !_unknown.TryGetValue(login, out var asked) || time.GetElapsedTime(asked) >= Missing
            : AgeOf(known) >= (known.GoneAt is null ? Known : Missing);

    // Either way: a clock that was set back must not keep an old answer for long.
    private TimeSpan AgeOf(Broadcaster known) => (time.GetUtcNow() - known.SeenAt).Duration();

    private async Task AskAsync(string login, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (!IsDue(login, await KnownAsync(login, cancel)))
                return; // somebody asked meanwhile
            foreach (var batch in (await DueAsync(login, cancel)).Chunk(HelixClient.MostAtOnce))
                await AskAsync(batch, cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<List<Wanted>> DueAsync(string first, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await db.Broadcasters.AsNoTracking().ToDictionaryAsync(b => b.ConfiguredLogin, cancel);
        return
        [
            .. TwitchClipsSources
                .Of(options.Value)
                .Select(source => KeyOf(source.Login))
                .Prepend(first)
                .Distinct(StringComparer.Ordinal)
                .Select(login => new Wanted(login, known.GetValueOrDefault(login)))
                .Where(w => IsDue(w.Login, w.Known) || (w.Known is { } k && AgeOf(k) >= SoonDue)),
        ];
    }

    private async Task AskAsync(IReadOnlyList<Wanted> batch, CancellationToken cancel)
    {
        var users = await helix.UsersAsync(
            batch.Select(w => w.Known?.Id).OfType<string>().Distinct(StringComparer.Ordinal),
            batch.Where(w => w.Known is null).Select(w => w.Login),
            cancel
        );
        var byId = users.DistinctBy(u => u.Id).ToDictionary(u => u.Id, StringComparer.Ordinal);
        var byLogin = users.DistinctBy(u => u.Login).ToDictionary(u => u.Login, StringComparer.OrdinalIgnoreCase);
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var (login, known) in batch)
            if (known is not null)
                db.Broadcasters.Update(Refreshed(known, byId.GetValueOrDefault(known.Id)));
            else if (byLogin.TryGetValue(login, out var user))
                db.Broadcasters.Add(NewOne(login, user));
            else
                _unknown[login] = time.GetTimestamp();
        await db.SaveChangesAsync(cancel);
        foreach (var (login, known) in batch)
            await TellAsync(login, known, byId, byLogin, cancel);
    }

    private Broadcaster NewOne(string login, HelixUser user) =>
        new()
        {
            Id = user.Id,
            Login = user.Login,
            ConfiguredLogin = login,
            DisplayName = user.DisplayName ?? user.Login,
            SeenAt = time.GetUtcNow(),
        };

    private Broadcaster Refreshed(Broadcaster known, HelixUser? now)
    {
        if (now is not null && now.Login != known.Login)
            log.LogInformation(
                "{Configured} is called {Login} on Twitch now and is followed there; the configuration may keep the old login",
                known.ConfiguredLogin,
                now.Login
            );
        known.SeenAt = time.GetUtcNow();
        known.GoneAt = now is null ? known.GoneAt ?? known.SeenAt : null;
        (known.Login, known.DisplayName) = (now?.Login ?? known.Login, now?.DisplayName ?? known.DisplayName);
        return known;
    }

    private async Task TellAsync(
        string login,
        Broadcaster? known,
        Dictionary<string, HelixUser> byId,
        Dictionary<string, HelixUser> byLogin,
        CancellationToken cancel
    )
    {
        var isThere = known is null ? byLogin.ContainsKey(login) : byId.ContainsKey(known.Id);
        if (isThere)
            await alerts.ResolveAsync(Rule, login, cancel);
        else
            await alerts.RaiseAsync(Rule, login, AlertLevel.Warning, ProblemOf(login, known), cancel);
    }

    private static string ProblemOf(string login, Broadcaster? known) =>
        known is null
            ? $"Twitch knows no '{login}'. Look for a slip of the pen in the source's Login; the other sources go on."
            : $"Twitch does not show '{login}' (id {known.Id}) any more: banned or closed. "
                + "It is asked for again every hour; take the source out if it is gone for good.";

    private sealed record Wanted(string Login, Broadcaster? Known);
}
