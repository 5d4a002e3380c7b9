using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>How many of our broadcasters had clips of each game lately.</summary>
/// <param name="Broadcasters">By id of the game.</param>
/// <param name="All">How many had clips at all; with fewer than two nothing can be told.</param>
public sealed record GameTrend(IReadOnlyDictionary<string, int> Broadcasters, int All)
{
    public static GameTrend None { get; } = new(new Dictionary<string, int>(), 0);

    /// <returns>How many broadcasters had clips of this clip's game; null when that tells nothing.</returns>
    public int? BroadcastersOf(ClipOrigin clip) =>
        All >= 2 && clip.GameId.Length > 0 ? Math.Max(1, Broadcasters.GetValueOrDefault(clip.GameId)) : null;
}

/// <summary>Asks for the trend, at most every so often: it changes slowly and is the same for all channels.</summary>
public sealed class GameTrends(IDbContextFactory<ShortsDb> databases, TimeProvider time)
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(48);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private Reading? _latest;

    public async Task<GameTrend> NowAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_latest is { } latest && now - latest.At < Kept && now >= latest.At)
            return latest.Trend;
        var trend = await ReadAsync(now - Lately, cancel);
        _latest = new Reading(now, trend);
        return trend;
    }

    private async Task<GameTrend> ReadAsync(DateTimeOffset since, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var pairs = await db
            .Items.Where(i => i.RecordedAt > since && i.Origin != null && i.Origin.GameId != "")
            .Select(i => new { i.Origin!.GameId, i.Origin.BroadcasterId })
            .Distinct()
            .ToListAsync(cancel);
        return new GameTrend(
            pairs.GroupBy(p => p.GameId).ToDictionary(game => game.Key, game => game.Count()),
            pairs.Select(p => p.BroadcasterId).Distinct().Count()
        );
    }

    private sealed record Reading(DateTimeOffset At, GameTrend Trend);
}
