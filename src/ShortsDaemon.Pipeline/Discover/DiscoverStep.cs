using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Discover;

/// <summary>Asks the sources of a channel what is new and keeps it as candidates.</summary>
public sealed class DiscoverStep(
    SourceCatalog sources,
    IDbContextFactory<ShortsDb> databases,
    TimeProvider time,
    ILogger<DiscoverStep> log
)
{
    // Parameters of one query; SQLite takes many more, but the statement is made anew for each number.
    private const int Batch = 500;

    /// <summary>Finds what is new and keeps it.</summary>
    public async Task<Discovery> RunAsync(string channel, ChannelOptions options, CancellationToken cancel)
    {
        var discovery = await FindAsync(channel, options, cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Items.AddRange(discovery.Items);
        await db.SaveChangesAsync(cancel);
        foreach (var item in discovery.Items)
        {
            using var scope = log.BeginItem(item);
            log.LogInformation("Found '{Title}' ({What})", item.Title, item.Trouble ?? item.Facts!.ToString());
        }
        foreach (var batch in discovery.Returned.Chunk(Batch))
            await ReturnAsync([.. batch], cancel);
        foreach (var batch in discovery.Known.Chunk(Batch))
            await ClipRefresh.RunAsync(databases, batch, time.GetUtcNow(), cancel);
        await DescribeAgainAsync(channel, cancel);
        return discovery;
    }

    /// <summary>Finds what is new; nothing is kept.</summary>
    public async Task<Discovery> FindAsync(string channel, ChannelOptions options, CancellationToken cancel)
    {
        var discovery = new Discovery();
        foreach (var settings in options.Sources)
        {
            var source = sources.Of(settings.Type);
            try
            {
                var listing = await source.ListAsync(settings, cancel);
                discovery.LookAgainAfter(listing.LookAgainAfter);
                var identity = listing.Identity ?? source.Identify(settings);
                // Sources may overlap, one folder named twice for instance.
                var found = discovery.Items.Where(i => i.Source == identity).Select(i => i.ExternalId).ToHashSet();
                var clips = listing.Clips.Where(clip => found.Add(clip.ExternalId)).ToList();
                var items = await NewItemsAsync(channel, identity, clips, discovery, cancel);
                await ClipDescriber.DescribeAsync(source, [.. items.Where(item => item.Facts is null)], cancel);
                discovery.Items.AddRange(items);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or UnavailableException)
            {
                // One source that cannot be asked must not keep the others from being asked.
                discovery.Problems.Add($"{source.Identify(settings)}: {e.Message}");
            }
        }
        return discovery;
    }

    private async Task<List<Item>> NewItemsAsync(
        string channel,
        string identity,
        IReadOnlyList<FoundClip> clips,
        Discovery discovery,
        CancellationToken cancel
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var items = new List<Item>();
        // Names that are not valid UTF-8 may look alike.
        foreach (var batch in clips.DistinctBy(clip => clip.ExternalId, StringComparer.Ordinal).Chunk(Batch))
        {
            var ids = batch.Select(clip => clip.ExternalId).ToList();
            var known = await db
                .Items.Where(i => i.Channel == channel && i.Source == identity && ids.Contains(i.ExternalId))
                .Select(i => new
                {
                    i.Id,
                    i.ExternalId,
                    IsBack = i.State == ItemState.Rejected && i.IsGone && i.ContentHash == null,
                })
                .ToDictionaryAsync(i => i.ExternalId, cancel);
            discovery.Returned.AddRange(known.Values.Where(i => i.IsBack).Select(i => i.Id));
            discovery.Known.AddRange(
                batch
                    .Where(clip => clip.Origin is not null && known.ContainsKey(clip.ExternalId))
                    .Select(clip => new KnownClip(known[clip.ExternalId].Id, clip))
            );
            items.AddRange(
                batch.Where(clip => !known.ContainsKey(clip.ExternalId)).Select(clip => ToItem(channel, identity, clip))
            );
        }
        return items;
    }

    // A disk that was away for a minute takes nothing with it: what it brings back is judged as if it were new.
    private async Task ReturnAsync(List<ItemId> ids, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var item in await db.Items.Where(i => ids.Contains(i.Id)).ToListAsync(cancel))
        {
            (item.State, item.IsGone, item.IsRefused) = (ItemState.Candidate, false, false);
            // Makes it be looked at once more, before it is judged.
            item.Trouble = "it was gone for a while";
            (item.Reason, item.NotBefore, item.ChangedAt) = (null, null, time.GetUtcNow());
            using var scope = log.BeginItem(item);
            log.LogInformation("'{Title}' is there again", item.Title);
        }
        await db.SaveChangesAsync(cancel);
    }

    // A file that could not be read the last time may be readable now.
    private async Task DescribeAgainAsync(string channel, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var items = await db
            .Items.Where(i =>
                i.Channel == channel && i.State == ItemState.Candidate && i.Trouble != null && !i.IsRefused
            )
            .ToListAsync(cancel);
        foreach (var group in items.GroupBy(i => i.SourceType))
            await ClipDescriber.DescribeAsync(sources.Of(group.Key), [.. group], cancel);
        await db.SaveChangesAsync(cancel);
    }

    private Item ToItem(string channel, string identity, FoundClip clip) =>
        new()
        {
            Channel = channel,
            Source = identity,
            ExternalId = clip.ExternalId,
            Title = clip.Title,
            Location = clip.Location,
            RecordedAt = clip.RecordedAt,
            SizeBytes = clip.SizeBytes,
            Facts = clip.Facts,
            Origin = clip.Origin,
            DiscoveredAt = time.GetUtcNow(),
            ChangedAt = time.GetUtcNow(),
            State = ItemState.Candidate,
        };
}
