using Microsoft.Extensions.DependencyInjection;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.World.Month;

/// <summary>
/// Stand-ins for Download, Render and Gate: a month of ffmpeg does not fit into a test, and has its own. They leave behind what
/// Publish needs: a small file that is like no other, a thumbnail, and the rendition with its hash.
/// </summary>
internal static class QuickStages
{
    public static void Replace(IServiceCollection services)
    {
        foreach (var real in services.Where(s => s.ServiceType == typeof(IStage) && !IsPublish(s)).ToList())
            services.Remove(real);
        services.AddSingleton<IStage, Download>().AddSingleton<IStage, Render>().AddSingleton<IStage, Gate>();
    }

    private static bool IsPublish(ServiceDescriptor service) =>
        service.ImplementationType == typeof(Pipeline.Publish.PublishStage);

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        await File.WriteAllBytesAsync(WorkFolder.Partial(path), content, cancel);
        File.Move(WorkFolder.Partial(path), path, overwrite: true);
    }

    private sealed class Download : IStage
    {
        public ItemState State => ItemState.Download;

        public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
        {
            context.Files.Create();
            await WriteAsync(context.Files.Source, System.Text.Encoding.UTF8.GetBytes(context.Item.ExternalId), cancel);
            return new Outcome.Advanced();
        }
    }

    private sealed class Render(TimeProvider time) : IStage
    {
        private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xD9];

        public ItemState State => ItemState.Render;

        public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
        {
            if (!File.Exists(context.Files.Source))
                throw new MissingArtefactException(ItemState.Download, "the source file is gone");
            // A second encode gives other bytes than the first, as with a real encoder.
            var video = new byte[3000];
            Random.Shared.NextBytes(video);
            await WriteAsync(context.Files.Thumbnail, Picture, cancel);
            await WriteAsync(context.Files.Video, video, cancel);
            return new Outcome.Advanced { Record = (db, item, _) => Keep(db, item) };
        }

        private Task<Outcome?> Keep(ShortsDb db, Item item)
        {
            db.Renditions.Add(
                new Rendition
                {
                    ItemId = item.Id,
                    MadeAt = time.GetUtcNow(),
                    Layout = "None",
                    Encoder = "none",
                }
            );
            return Task.FromResult<Outcome?>(null);
        }
    }

    private sealed class Gate : IStage
    {
        public ItemState State => ItemState.Gate;

        public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
        {
            if (!File.Exists(context.Files.Video))
                throw new MissingArtefactException(ItemState.Render, "the Short is gone");
            var hash = await FileHash.OfAsync(context.Files.Video, cancel);
            return new Outcome.Advanced { Record = (db, item, _) => Keep(db, item, hash) };
        }

        private static Task<Outcome?> Keep(ShortsDb db, Item item, string hash)
        {
            var rendition = db.Renditions.Where(r => r.ItemId == item.Id).OrderByDescending(r => r.Id).First();
            (rendition.Sha256, rendition.SizeBytes) = (hash, 3000);
            return Task.FromResult<Outcome?>(null);
        }
    }
}
