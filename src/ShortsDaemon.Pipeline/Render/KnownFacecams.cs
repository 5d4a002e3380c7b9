using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Where the facecams of broadcasters are: as configured, else where each was seen last. Checked in each recording.</summary>
public sealed class KnownFacecams(IDbContextFactory<ShortsDb> databases)
{
    private readonly ConcurrentDictionary<(string Channel, string Broadcaster), Region> _seen = new();

    /// <returns>Null: nobody knows.</returns>
    public async Task<Region?> FindAsync(Item item, RenderOptions render, CancellationToken cancel) =>
        render.FacecamOf(await LoginsAsync(item, render, cancel))
        ?? (_seen.TryGetValue(Streamer(item), out var facecam) ? facecam : null);

    /// <param name="item">The recording's.</param>
    /// <param name="facecam">Where it was; null: it was not shown apart.</param>
    public void Remember(Item item, Region? facecam)
    {
        if (facecam is { } region)
            _seen[Streamer(item)] = region;
    }

    private static (string, string) Streamer(Item item) => (item.Channel, item.Origin?.BroadcasterId ?? "");

    // Display names are often the login in other letters; a renamed broadcaster is known by both logins.
    private async Task<IReadOnlyList<string>> LoginsAsync(Item item, RenderOptions render, CancellationToken cancel)
    {
        if (render.Facecams.Count == 0 || item.Origin is not { } origin)
            return [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await db.Broadcasters.AsNoTracking().Where(b => b.Id == origin.BroadcasterId).ToListAsync(cancel);
        return [.. known.SelectMany(b => new[] { b.ConfiguredLogin, b.Login }), origin.Broadcaster];
    }
}
