using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>Puts together the page of one item.</summary>
internal sealed class ItemReader(
    IDbContextFactory<ShortsDb> databases,
    ItemMedia media,
    ItemLog log,
    LiveOptions live,
    TimeProvider time
)
{
    /// <returns>Null: there is no such item.</returns>
    public async Task<ItemReading?> ReadAsync(ItemId id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (id == CanaryItem.Id || !await db.Items.AnyAsync(i => i.Id == id, cancel))
            return null;
        var story = await StoryAsync(id, cancel);
        var item = story.Item;
        var places = story.Publications.Select(p => p.RemoteId).OfType<string>().ToList();
        return new ItemReading(
            story with
            {
                Previews = await PostPreview.ReadAsync(db, live.Value, item, now, cancel),
            },
            ChannelClock.Of(live.Value, item.Channel),
            now
        )
        {
            HasThumbnail = media.Thumbnail(id, places) is not null,
            HasShort = media.Short(id, places) is not null,
            HasSource = media.Source(item) is not null,
            Log = await log.ReadAsync(id, cancel),
        };
    }

    /// <returns>Null: there is no such item.</returns>
    public async Task<Item?> FindAsync(ItemId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return id == CanaryItem.Id ? null : await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancel);
    }

    // In a context of its own: the snapshot ends with it.
    private async Task<ItemStory> StoryAsync(ItemId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ItemStory.ReadAsync(db, id, cancel);
    }
}
