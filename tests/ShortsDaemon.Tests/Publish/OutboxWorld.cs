using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Publish;

/// <summary>Items whose Shorts have passed the gate, and the publisher that lays them into the outbox.</summary>
internal sealed class OutboxWorld(Action<IServiceCollection>? change = null) : IDisposable
{
    public const string Destination = "inbox/Folder";

    public FlowWorld World { get; } = new(change: change);

    public Outbox Promises => World.Get<Outbox>();

    public string Folder => World.Outbox;

    public IReadOnlyList<string> Files =>
        [.. Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public async Task<Item> ItemAsync(string title = "clip")
    {
        var item = await World.AddAsync($"{Guid.NewGuid()}.mp4", title, ItemState.Publish);
        await using var db = World.Open();
        db.Attach(item).State = EntityState.Modified;
        (item.Title, item.ContentHash) = (title, Guid.NewGuid().ToString("N"));
        await db.SaveChangesAsync();
        World.Data.Of(item.Id).Create();
        await File.WriteAllTextAsync(World.Data.Of(item.Id).Thumbnail, $"picture {item.Id}");
        return item;
    }

    /// <summary>Makes the item's Short, or makes it again.</summary>
    public async Task<Rendition> MakeAsync(Item item, string content)
    {
        var video = World.Data.Of(item.Id).Video;
        await File.WriteAllTextAsync(video, content);
        var rendition = new Rendition
        {
            ItemId = item.Id,
            MadeAt = World.Clock.GetUtcNow(),
            Layout = "BlurredBackdrop",
            Encoder = "libx264",
            Sha256 = await FileHash.OfAsync(video, CancellationToken.None),
            SizeBytes = new FileInfo(video).Length,
        };
        await using var db = World.Open();
        db.Renditions.Add(rendition);
        await db.SaveChangesAsync();
        return rendition;
    }

    public async Task<Shipment> ShipmentAsync(Item item, Rendition rendition, string destination = Destination)
    {
        var promise = await Promises.IntendAsync(item, rendition, destination, CancellationToken.None);
        var files = World.Data.Of(item.Id);
        return new Shipment(item, rendition, promise, files.Video, files.Thumbnail, Promises);
    }

    /// <summary>One call of the publisher, as after a restart; the promise is not confirmed.</summary>
    public async Task<string> PublishAsync(Item item, Rendition rendition, string destination = Destination) =>
        await World
            .Get<PublisherCatalog>()
            .Of(FolderPublisher.TypeName)
            .PublishAsync(await ShipmentAsync(item, rendition, destination), Options, CancellationToken.None);

    public async Task<Publication> PromiseAsync(Item item)
    {
        await using var db = World.Open();
        return await db.Publications.AsNoTracking().SingleAsync(p => p.ItemId == item.Id);
    }

    public string Lay(string name, string content)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public void Dispose() => World.Dispose();

    private FolderDestinationOptions Options => new() { Type = FolderPublisher.TypeName, Path = Folder };
}
