using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>Names of games by id. Each is asked for once; who asks takes along the ids of all who wait behind.</summary>
public sealed class GameNames(HelixClient helix, IDbContextFactory<ShortsDb> databases) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<string, bool> _wanted = new(StringComparer.Ordinal);

    // Twitch keeps silent about them; asking again would only cost.
    private readonly ConcurrentDictionary<string, bool> _unknown = new(StringComparer.Ordinal);

    /// <returns>Names by id; those that Twitch does not know are missing.</returns>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancel
    )
    {
        var known = await KnownAsync(ids, cancel);
        var missing = ids.Where(id => !known.ContainsKey(id) && !_unknown.ContainsKey(id)).ToList();
        if (missing.Count == 0)
            return known;
        foreach (var id in missing)
            _wanted[id] = true;
        await _one.WaitAsync(cancel);
        try
        {
            if (missing.Exists(_wanted.ContainsKey))
                await AskAsync(await StillUnknownAsync(cancel), cancel);
        }
        finally
        {
            _one.Release();
        }
        return await KnownAsync(ids, cancel);
    }

    public void Dispose() => _one.Dispose();

    private async Task<Dictionary<string, string>> KnownAsync(IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db
            .Games.AsNoTracking()
            .Where(game => ids.Contains(game.Id))
            .ToDictionaryAsync(game => game.Id, game => game.Name, cancel);
    }

    // Somebody may have been told of one between our look at it and our turn.
    private async Task<List<string>> StillUnknownAsync(CancellationToken cancel)
    {
        foreach (var id in (await KnownAsync([.. _wanted.Keys], cancel)).Keys)
            _wanted.TryRemove(id, out _);
        return [.. _wanted.Keys];
    }

    private async Task AskAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        foreach (var batch in ids.Chunk(HelixClient.MostAtOnce))
        {
            var games = (await helix.GamesAsync(batch, cancel)).ToDictionary(game => game.Id, StringComparer.Ordinal);
            await using var db = await databases.CreateDbContextAsync(cancel);
            db.Games.AddRange(games.Values.Select(game => new Game { Id = game.Id, Name = game.Name }));
            await db.SaveChangesAsync(cancel);
            foreach (var id in batch)
            {
                if (!games.ContainsKey(id))
                    _unknown[id] = true;
                _wanted.TryRemove(id, out _);
            }
        }
    }
}
