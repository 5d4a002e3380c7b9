using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>Reads what the database knows about the surroundings of a channel's candidates.</summary>
internal sealed class KnownReader(
    ShortsDb db,
    ShortsOptions all,
    string channel,
    ChannelOptions options,
    DateTimeOffset now
)
{
    private const int Batch = 500;
    private static readonly TimeSpan ClockError = TimeSpan.FromHours(6);

    private static readonly ItemState[] Taken = [.. ItemStates.UnderWay, ItemState.Published];

    private readonly SelectionOptions _selection = options.Selection;

    public async Task<Known> ReadAsync(List<Item> candidates, GameTrend trend, CancellationToken cancel)
    {
        var clips = candidates.Where(i => i.Origin is not null).ToList();
        return new Known
        {
            Room = await new RoomReader(db, all, channel, options, now).ReadAsync(cancel),
            Taken = clips.Count > 0 ? await TakenAsync(clips, cancel) : [],
            Titles = clips.Count > 0 && _selection.TitleDays > 0 ? await TitlesAsync(cancel) : [],
            Posts = clips.Count > 0 ? await PostsAsync(clips, cancel) : [],
            Trend = trend,
        };
    }

    private async Task<List<Item>> TakenAsync(List<Item> clips, CancellationToken cancel)
    {
        var since = clips.Min(i => i.RecordedAt).AddSeconds(-_selection.MomentWindowSeconds);
        // Nothing is found before it was made, unless the clock was wrong.
        var found = since - ClockError;
        var taken = db.Items.AsNoTracking().Where(i => i.Channel == channel && Taken.Contains(i.State));
        var recent = await taken
            .Where(i => i.DiscoveredAt >= found && i.RecordedAt >= since && i.Origin != null)
            .ToListAsync(cancel);
        var videos = clips.Select(i => i.Origin!.VideoId).Where(id => id.Length > 0).Distinct();
        foreach (var batch in videos.Chunk(Batch))
        {
            var ids = batch.ToList();
            recent.AddRange(
                await taken.Where(i => i.Origin != null && ids.Contains(i.Origin.VideoId)).ToListAsync(cancel)
            );
        }
        return [.. recent.DistinctBy(i => i.Id).OrderBy(i => i.Id.Value)];
    }

    private async Task<List<KnownTitle>> TitlesAsync(CancellationToken cancel)
    {
        var since = now.AddDays(-_selection.TitleDays);
        var ended = Enum.GetValues<ItemState>().Where(s => s != ItemState.Candidate).ToList();
        var rows = await db
            .Items.Where(i => i.Channel == channel && ended.Contains(i.State) && i.DiscoveredAt >= since)
            .Where(i => i.Origin != null)
            .Select(i => new
            {
                i.Id,
                i.Title,
                i.State,
                i.Origin!.BroadcasterId,
                IsPlaced = i.Origin.VideoId != "" && i.Origin.VodOffsetSeconds != null,
            })
            .ToListAsync(cancel);
        return
        [
            .. rows.Select(r => new KnownTitle(r.Id, r.BroadcasterId, r.Title, Taken.Contains(r.State), r.IsPlaced)),
        ];
    }

    private async Task<List<PastPost>> PostsAsync(List<Item> clips, CancellationToken cancel)
    {
        var posts = new List<PastPost>();
        foreach (var batch in clips.Chunk(Batch))
        {
            var ids = batch.Select(i => i.ExternalId).ToList();
            var keys = batch.Select(i => TitleKey.Telling(i.Title)).OfType<string>().Distinct().ToList();
            posts.AddRange(
                await db
                    .PastPosts.AsNoTracking()
                    .Where(p => ids.Contains(p.ExternalId!) || keys.Contains(p.TitleKey!))
                    .ToListAsync(cancel)
            );
        }
        return [.. posts.DistinctBy(p => p.Id)];
    }
}
