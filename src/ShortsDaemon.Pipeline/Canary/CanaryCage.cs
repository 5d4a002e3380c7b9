using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Pipeline.Storage;
using StoredChannel = ShortsDaemon.Pipeline.Storage.Channel;

namespace ShortsDaemon.Pipeline.Canary;

/// <summary>Lays the canary's recording and its rows, and takes all of it away again.</summary>
public sealed class CanaryCage(
    IDbContextFactory<ShortsDb> databases,
    TestRecording recording,
    SourceCatalog sources,
    DataFolder data,
    TimeProvider time
)
{
    /// <summary>A recording is made, found by the source of folders, and stands at its first stage.</summary>
    public async Task<Item> LayAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(CanaryItem.Inbox(data));
        await recording.MakeAsync(Path.Combine(CanaryItem.Inbox(data), "canary.mp4"), cancel);
        var (source, settings) = (sources.Of(FolderSource.TypeName), CanaryItem.Source(data));
        var found = (await source.ListAsync(settings, cancel)).Clips.Single();
        var now = time.GetUtcNow();
        var item = new Item
        {
            Id = CanaryItem.Id,
            Channel = CanaryItem.Channel,
            Source = source.Identify(settings),
            ExternalId = found.ExternalId,
            Title = found.Title,
            Location = found.Location,
            RecordedAt = found.RecordedAt,
            SizeBytes = found.SizeBytes,
            DiscoveredAt = now,
            ChangedAt = now,
            State = ItemState.Download,
        };
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Channels.Add(new StoredChannel { Name = CanaryItem.Channel, FirstSeenAt = now });
        db.Items.Add(item);
        await db.SaveChangesAsync(cancel);
        return item;
    }

    /// <returns>How it stands; null: it is not there.</returns>
    public async Task<Item?> ReadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == CanaryItem.Id, cancel);
    }

    /// <returns>Bytes of the Short where it was published; null: it is not there.</returns>
    public long? PublishedBytes()
    {
        var folder = new DirectoryInfo(CanaryItem.Outbox(data));
        return folder.Exists ? folder.GetFiles("*.mp4").SingleOrDefault()?.Length : null;
    }

    /// <summary>Files and rows. What is not there need not be cleared away.</summary>
    public async Task ClearAsync(CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var id = CanaryItem.Id;
            await db.Publications.Where(p => p.ItemId == id).ExecuteDeleteAsync(cancel);
            await db.Renditions.Where(r => r.ItemId == id).ExecuteDeleteAsync(cancel);
            await db.Attempts.Where(a => a.ItemId == id).ExecuteDeleteAsync(cancel);
            await db.Items.Where(i => i.Id == id).ExecuteDeleteAsync(cancel);
            await db.Channels.Where(c => c.Name == CanaryItem.Channel).ExecuteDeleteAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        data.Of(CanaryItem.Id).Delete();
        if (Directory.Exists(data.Canary))
            Directory.Delete(data.Canary, recursive: true);
    }
}
