using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Folder;

/// <summary>Lays the Short, its thumbnails and a JSON about it into a folder. The video comes last: when it is there, all is.</summary>
public sealed class FolderPublisher(IDbContextFactory<ShortsDb> databases, DiskGuard disk) : IPublisher
{
    public const string TypeName = "Folder";

    public string Type => TypeName;

    // Channels may share a folder: between the look at a name and the file under it nobody else of ours takes it.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _folders = new(StringComparer.Ordinal);

    public async Task<string> PublishAsync(Shipment shipment, DestinationOptions options, CancellationToken cancel)
    {
        // Found there after a restore.
        if (shipment.Publication.RemoteId is { } there)
            return there;
        var folder = ((FolderDestinationOptions)options).Path;
        Directory.CreateDirectory(folder);
        var door = _folders.GetOrAdd(folder, _ => new SemaphoreSlim(1));
        await door.WaitAsync(cancel);
        try
        {
            var place = await PlaceAsync(shipment, folder, cancel);
            // May be an earlier Short of this item, of which the database never heard that it arrived: it counts.
            if (!await place.HoldsAsync(shipment.Publication.Sha256, cancel))
                await LayAsync(shipment, place, cancel);
            return place.Video;
        }
        finally
        {
            door.Release();
        }
    }

    public async Task<IReadOnlyList<FoundUpload>> ReadBackAsync(
        string destination,
        DestinationOptions options,
        DateTimeOffset since,
        CancellationToken cancel
    )
    {
        var folder = ((FolderDestinationOptions)options).Path;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (Directory.Exists(folder))
            return
            [
                .. Directory.EnumerateFiles(folder, "*.json").Select(f => Beside(f, destination)).OfType<FoundUpload>(),
            ];
        if (await db.Publications.AnyAsync(p => p.Destination == destination && p.RemoteId != null, cancel))
            throw new UnavailableException($"the folder '{folder}' is not there; mount its disk, or make it again");
        return [];
    }

    // The video comes last and whole: of another size it is somebody else's.
    private static FoundUpload? Beside(string about, string destination)
    {
        var video = new FileInfo(Path.ChangeExtension(about, ".mp4"));
        var channel = destination[..destination.IndexOf('/', StringComparison.Ordinal)];
        return Sidecar.Read(about, channel) is { } known && video.Exists && video.Length == known.SizeBytes
            ? new FoundUpload
            {
                Marker = ShortMarker.Of(known.Source, known.ExternalId, destination),
                Destination = destination,
                RemoteId = video.FullName,
                Title = known.Title,
                PublishedAt = new DateTimeOffset(video.LastWriteTimeUtc),
            }
            : null;
    }

    private static async Task<FolderPlace> PlaceAsync(Shipment shipment, string folder, CancellationToken cancel)
    {
        var (item, promise) = (shipment.Item, shipment.Publication);
        if (promise.ReservedName is { } reserved)
        {
            var place = new FolderPlace(folder, reserved);
            if (place.IsFreeFor(item) || await place.HoldsAsync(promise.Sha256, cancel))
                return place;
            // Somebody else's file took the name after we reserved it: never overwrite, take another.
            place.Leave(item);
        }
        for (var number = 1; ; number++)
        {
            var place = new FolderPlace(folder, ShortName.For(item.Title, number));
            if (place.IsFreeFor(item) && await shipment.Outbox.TryReserveAsync(promise, place.Name, cancel))
                return place;
        }
    }

    private async Task LayAsync(Shipment shipment, FolderPlace place, CancellationToken cancel)
    {
        disk.Require(place.Folder, shipment.Rendition.SizeBytes);
        await shipment.Outbox.RenewAsync(shipment.Publication, shipment.Rendition, cancel);
        var about = Sidecar.Describe(shipment, await DecisionAsync(shipment.Item.Id, cancel));
        await DurableFile.WriteAsync(place.About, about, cancel);
        await DurableFile.CopyAsync(shipment.Thumbnail, place.Thumbnail, cancel);
        await CopyIfThereAsync(shipment.WideThumbnail, place.Wide, cancel);
        await CopyIfThereAsync(shipment.Subtitles, place.Subtitles, cancel);
        await DurableFile.CopyApprovedAsync(shipment.Video, place.Video, shipment.Rendition.Sha256!, cancel);
        if (shipment.Item.Id != CanaryItem.Id)
            FlowMeter.Uploaded(TypeName, shipment.Rendition.SizeBytes);
    }

    // What lies there otherwise is of an earlier Short of the item.
    private static async Task CopyIfThereAsync(string from, string to, CancellationToken cancel)
    {
        if (File.Exists(from))
            await DurableFile.CopyAsync(from, to, cancel);
        else
            File.Delete(to);
    }

    private async Task<Decision?> DecisionAsync(ItemId item, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db
            .Decisions.AsNoTracking()
            .Where(d => d.ItemId == item)
            .OrderByDescending(d => d.Id)
            .FirstOrDefaultAsync(cancel);
    }
}
