using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Insights;

/// <summary>Looks back over days or a year: how much came through, how fast, and why the rest did not.</summary>
internal sealed class InsightsReader(IDbContextFactory<ShortsDb> databases, TimeProvider time)
{
    private const int MostRows = 5000;
    private const int LongestOfDays = 90;
    private const int Week = 7;

    public async Task<InsightsReading> ReadAsync(InsightsQuery query, CancellationToken cancel)
    {
        var today = time.GetUtcNow().UtcDateTime.Date;
        var from = new DateTimeOffset(today.AddDays(1 - query.Days), TimeSpan.Zero);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var items = db.Items.AsNoTracking().Where(i => i.Id != CanaryItem.Id);
        if (query.Channel is { } channel)
            items = items.Where(i => i.Channel == channel);
        return new(query, from)
        {
            Channels = await db.Channels.AsNoTracking().Select(c => c.Name).OrderBy(name => name).ToListAsync(cancel),
            Funnel = await FunnelAsync(db, items.Where(i => i.DiscoveredAt >= from), cancel),
            Posts = await PostsAsync(db, items, from, query.Days, cancel),
            Scores = InsightsSums.Fifths(
                await items
                    .Where(i => i.DiscoveredAt >= from && i.Score != null)
                    .OrderByDescending(i => i.DiscoveredAt)
                    .Take(MostRows)
                    .Select(i => new ScoredItem(i.Score!.Value, i.State))
                    .ToListAsync(cancel)
            ),
            Stages = await StagesAsync(db, items, from, cancel),
            Encoders = await EncodersAsync(db, items, from, cancel),
            Ends = InsightsSums.Ends(
                await items
                    .Where(i => i.DiscoveredAt >= from)
                    .Where(i =>
                        i.State == ItemState.Rejected || i.State == ItemState.Failed || i.State == ItemState.Expired
                    )
                    .OrderByDescending(i => i.DiscoveredAt)
                    .Take(MostRows)
                    .Select(i => new EndedItem(i.Id, i.State, i.Reason))
                    .ToListAsync(cancel)
            ),
            LookedAt = MostRows,
        };
    }

    private static async Task<List<FunnelStep>> FunnelAsync(
        ShortsDb db,
        IQueryable<Item> found,
        CancellationToken cancel
    )
    {
        var states = await found
            .GroupBy(i => new { i.State, IsSelected = i.RunId != null })
            .Select(g => new
            {
                g.Key.State,
                g.Key.IsSelected,
                Count = g.Count(),
            })
            .ToListAsync(cancel);
        var made = await found.CountAsync(i => db.Renditions.Any(r => r.ItemId == i.Id), cancel);
        return
        [
            new("found", states.Sum(s => s.Count)),
            new("selected", states.Where(s => s.IsSelected).Sum(s => s.Count)),
            new("made into a Short", made),
            new("published", states.Where(s => s.State == ItemState.Published).Sum(s => s.Count)),
        ];
    }

    private static async Task<List<PostsOfTime>> PostsAsync(
        ShortsDb db,
        IQueryable<Item> items,
        DateTimeOffset from,
        int days,
        CancellationToken cancel
    )
    {
        var published = await db
            .Publications.AsNoTracking()
            .Where(p => p.PublishedAt >= from)
            .Join(items, p => p.ItemId, i => i.Id, (p, _) => p.PublishedAt!.Value)
            .ToListAsync(cancel);
        var step = days > LongestOfDays ? Week : 1;
        var counts = published.ToLookup(at => (int)(at - from).TotalDays / step);
        var first = DateOnly.FromDateTime(from.UtcDateTime);
        return
        [
            .. Enumerable
                .Range(0, (days + step - 1) / step)
                .Select(i => new PostsOfTime(first.AddDays(i * step), step, counts[i].Count())),
        ];
    }

    private static async Task<IReadOnlyList<StageTime>> StagesAsync(
        ShortsDb db,
        IQueryable<Item> items,
        DateTimeOffset from,
        CancellationToken cancel
    ) =>
        InsightsSums.Stages(
            await db
                .Attempts.AsNoTracking()
                .Where(a => a.Result == AttemptResult.Advanced && a.EndedAt >= from)
                .Join(items, a => a.ItemId, i => i.Id, (a, _) => a)
                .OrderByDescending(a => a.EndedAt)
                .Take(MostRows)
                .Select(a => new StageDone(a.Stage, a.StartedAt, a.EndedAt))
                .ToListAsync(cancel)
        );

    private static async Task<List<EncoderShare>> EncodersAsync(
        ShortsDb db,
        IQueryable<Item> items,
        DateTimeOffset from,
        CancellationToken cancel
    )
    {
        var sums = await db
            .Renditions.AsNoTracking()
            .Where(r => r.MadeAt >= from)
            .Join(items, r => r.ItemId, i => i.Id, (r, _) => r)
            .GroupBy(r => r.Encoder)
            .Select(g => new
            {
                Encoder = g.Key,
                Shorts = g.Count(),
                Played = g.Sum(r => r.LengthSeconds),
                Worked = g.Sum(r => r.EncodeSeconds),
            })
            .ToListAsync(cancel);
        var all = Math.Max(1, sums.Sum(s => s.Shorts));
        return
        [
            .. sums.OrderByDescending(s => s.Shorts)
                .Select(s => new EncoderShare(
                    s.Encoder,
                    s.Shorts,
                    (double)s.Shorts / all,
                    s.Worked > 0 ? s.Played / s.Worked : null
                )),
        ];
    }
}
