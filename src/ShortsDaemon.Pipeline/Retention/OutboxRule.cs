using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>
/// Shorts in destination folders. One goes with its thumbnails, captions and JSON when its row says that it was laid there, its item has
/// ended (so that every other destination has it too) and the files are still those we laid. The rows stay.
/// </summary>
internal sealed class OutboxRule(IDbContextFactory<ShortsDb> databases, LiveOptions live, TimeProvider time)
    : IRetentionRule
{
    public async Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel)
    {
        if (!options.Outbox.IsLimited)
            return [];
        var places = live.Value.Channels.SelectMany(channel =>
            channel
                .Value.Destinations.OfType<FolderDestinationOptions>()
                .Select(folder => (Destination: folder.NameIn(channel.Key), folder.Path))
        );
        var laid = new Dictionary<string, Laid>(StringComparer.Ordinal);
        foreach (var (destination, folder) in places)
        foreach (var one in await LaidAsync(destination, folder, cancel))
            laid[one.Place.Video] = one;
        // Channels may share a folder, and the limits are those of the folder.
        return
        [
            .. laid
                .Values.GroupBy(one => one.Place.Folder)
                .SelectMany(folder => Excess.Of(folder.Select(l => l.AsKept()), options.Outbox, time.GetUtcNow()))
                .Select(old => Leave(laid[old.Entry.Path], old.Reason)),
        ];
    }

    private async Task<List<Laid>> LaidAsync(string destination, string folder, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await (
            from publication in db.Publications.AsNoTracking()
            join item in db.Items.AsNoTracking() on publication.ItemId equals item.Id
            join rendition in db.Renditions.AsNoTracking() on publication.RenditionId equals rendition.Id
            where publication.Destination == destination
            where publication.SettledAt != null && publication.PublishedAt != null && publication.RemoteId != null
            select new
            {
                publication,
                item,
                rendition.SizeBytes,
            }
        ).ToListAsync(cancel);
        return
        [
            .. rows.Where(row => row.item.State.IsEnd)
                .Select(row => (row, place: new FolderPlace(folder, NameOf(row.publication.RemoteId!))))
                .Where(r => r.place.Video == r.row.publication.RemoteId)
                .DistinctBy(r => r.place.Video)
                .Select(r => new Laid(r.place, r.row.item, r.row.SizeBytes, r.row.publication.PublishedAt!.Value))
                .Where(MayGo),
        ];
    }

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    private Leftover Leave(Laid laid, string reason) =>
        new("outbox", laid.Place.Video, reason, laid.Files.Count(File.Exists), laid.AsKept().SizeBytes)
        {
            RemoveAsync = _ => Task.FromResult(Remove(laid)),
        };

    // The video first: a Short without its JSON would be somebody else's.
    private bool Remove(Laid laid)
    {
        if (!MayGo(laid))
            return false;
        foreach (var file in laid.Files.Where(File.Exists))
            File.Delete(file);
        return true;
    }

    private bool MayGo(Laid laid)
    {
        var (place, now) = (laid.Place, time.GetUtcNow());
        return OwnFile.SizeOf(place.Video) == laid.VideoBytes
            && laid.Files.Where(Path.Exists).All(file => OwnFile.MayGo(file, place.Folder, now))
            && File.Exists(place.About)
            && Sidecar.IsOf(laid.Item, place.About);
    }

    private sealed record Laid(FolderPlace Place, Item Item, long VideoBytes, DateTimeOffset At)
    {
        public IReadOnlyList<string> Files => [Place.Video, Place.Thumbnail, Place.Wide, Place.Subtitles, Place.About];

        public Kept AsKept() => new(Place.Video, At, Files.Sum(OwnFile.SizeOf));
    }
}
