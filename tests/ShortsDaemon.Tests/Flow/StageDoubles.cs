using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Flow;

/// <summary>Makes "Shorts" that differ each time they are made, as those of a real encoder may.</summary>
internal sealed class RenderDouble(TimeProvider time) : IStage
{
    public ItemState State => ItemState.Render;

    public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
    {
        var files = context.Files;
        if (!File.Exists(files.Source))
            throw new MissingArtefactException(ItemState.Download, "the source file is gone from the work folder");
        var source = await File.ReadAllTextAsync(files.Source, cancel);
        await File.WriteAllTextAsync(WorkFolder.Partial(files.Video), $"{source} made {Guid.NewGuid()}", cancel);
        await File.WriteAllTextAsync(WorkFolder.Partial(files.Thumbnail), "picture", cancel);
        WorkFolder.Finish(files.Thumbnail);
        WorkFolder.Finish(files.Video);
        return new Outcome.Advanced { Record = (db, item, _) => Keep(db, item) };
    }

    private Task<Outcome?> Keep(ShortsDb db, Item item)
    {
        db.Renditions.Add(
            new Rendition
            {
                ItemId = item.Id,
                MadeAt = time.GetUtcNow(),
                Layout = "Double",
                Encoder = "double",
            }
        );
        return Task.FromResult<Outcome?>(null);
    }
}

/// <summary>Approves every Short that is there.</summary>
internal sealed class GateDouble(IDbContextFactory<ShortsDb> databases) : IStage
{
    public ItemState State => ItemState.Gate;

    public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
    {
        var rendition = await databases.LatestRenditionAsync(context.Item.Id, cancel);
        if (rendition is null || !File.Exists(context.Files.Video) || !File.Exists(context.Files.Thumbnail))
            throw new MissingArtefactException(ItemState.Render, "the Short is gone from the work folder");
        var hash = await FileHash.OfAsync(context.Files.Video, cancel);
        var size = new FileInfo(context.Files.Video).Length;
        return new Outcome.Advanced { Record = (db, _, token) => KeepAsync(db, rendition.Id, hash, size, token) };
    }

    private static async Task<Outcome?> KeepAsync(
        ShortsDb db,
        long id,
        string hash,
        long size,
        CancellationToken cancel
    )
    {
        var rendition = await db.Renditions.SingleAsync(r => r.Id == id, cancel);
        (rendition.Sha256, rendition.SizeBytes) = (hash, size);
        return null;
    }
}
