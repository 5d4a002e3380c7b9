using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Channels;

/// <summary>Counts a channel's items along the indexes: there may be a million.</summary>
internal sealed class ChannelNumbers(ShortsDb db, string channel)
{
    private const int MostBacklog = 20;

    private IQueryable<Item> Items => db.Items.AsNoTracking().Where(i => i.Channel == channel);

    public Task<int> CandidatesAsync(CancellationToken cancel) =>
        Items.CountAsync(i => i.State == ItemState.Candidate, cancel);

    public async Task<IReadOnlyList<StageCount>> StagesAsync(CancellationToken cancel)
    {
        var counts = await Items
            .Where(i => ItemStates.Working.Contains(i.State))
            .GroupBy(i => i.State)
            .Select(stage => new { stage.Key, Count = stage.Count() })
            .ToDictionaryAsync(stage => stage.Key, stage => stage.Count, cancel);
        return [.. ItemStates.Working.Where(counts.ContainsKey).Select(stage => new StageCount(stage, counts[stage]))];
    }

    public async Task<IReadOnlyList<Run>> RunsAsync(int count, CancellationToken cancel) =>
        await db
            .Runs.AsNoTracking()
            .Where(run => run.Channel == channel)
            .OrderByDescending(run => run.Id)
            .Take(count)
            .ToListAsync(cancel);

    // A candidate has no score of its own; the latest selection that left it standing wrote one down.
    public async Task<IReadOnlyList<BacklogLine>> BacklogAsync(CancellationToken cancel)
    {
        var best = await Items
            .Where(i => i.State == ItemState.Candidate)
            .Select(i => new
            {
                i.Id,
                i.Title,
                i.DiscoveredAt,
                Score = db
                    .Decisions.Where(d => d.ItemId == i.Id)
                    .OrderByDescending(d => d.Id)
                    .Select(d => (double?)d.Score)
                    .FirstOrDefault(),
            })
            .OrderByDescending(i => i.Score)
            .ThenByDescending(i => i.Id)
            .Take(MostBacklog)
            .ToListAsync(cancel);
        return best.ConvertAll(i => new BacklogLine(i.Id, i.Title, i.Score, i.DiscoveredAt));
    }

    public async Task<ChannelResults> ResultsAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var since = now.AddDays(-30);
        var counts = new Dictionary<ItemState, int>();
        foreach (var state in Enum.GetValues<ItemState>())
            counts[state] = await Items.CountAsync(i => i.State == state && i.DiscoveredAt >= since, cancel);
        return new ChannelResults(
            await PostedAsync(now.AddDays(-7), cancel),
            await PostedAsync(since, cancel),
            counts.Values.Sum(),
            counts[ItemState.Published],
            counts[ItemState.Rejected],
            counts[ItemState.Failed],
            counts[ItemState.Expired]
        );
    }

    // Between "main/" and "main0": '0' comes after '/'. So the index of destinations is used.
    private Task<int> PostedAsync(DateTimeOffset since, CancellationToken cancel)
    {
        var (first, end) = (channel + "/", channel + "0");
        return db
            .Publications.AsNoTracking()
            .Where(p => string.Compare(p.Destination, first) >= 0 && string.Compare(p.Destination, end) < 0)
            .Where(p => p.PublishedAt >= since)
            .Select(p => p.ItemId)
            .Distinct()
            .CountAsync(cancel);
    }
}
