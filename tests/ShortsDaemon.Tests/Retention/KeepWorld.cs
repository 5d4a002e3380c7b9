using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Retention;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Retention;

/// <summary>A data directory with a past.</summary>
internal sealed class KeepWorld : IDisposable
{
    public KeepWorld(string? template = null) => World = new FlowWorld(template);

    public FlowWorld World { get; }
    public DateTimeOffset Now => World.Clock.GetUtcNow();

    /// <summary>An item that came to this state so many days ago; it was found and recorded then, too.</summary>
    public async Task<Item> ItemAsync(ItemState state, double days, Action<Item>? change = null)
    {
        await using var db = World.Open();
        if (!await db.Channels.AnyAsync())
            db.Channels.Add(new Channel { Name = FlowWorld.ChannelName, FirstSeenAt = Now });
        var item = NewItem(state, days);
        change?.Invoke(item);
        db.Items.Add(item);
        await db.SaveChangesAsync();
        return item;
    }

    public Item NewItem(ItemState state, double days)
    {
        var item = World.NewItem($"{Guid.NewGuid()}", "a title", "/nowhere/a.mp4", state);
        item.Source = "TwitchClips:1001";
        item.ChangedAt = item.DiscoveredAt = item.RecordedAt = Now.AddDays(-days);
        return item;
    }

    /// <summary>Gives an item an attempt, a decision, and a rendition.</summary>
    public async Task<Rendition> StoryAsync(Item item)
    {
        var story = Story(item);
        await AddAsync(story);
        return story.OfType<Rendition>().Single();
    }

    public static object[] Story(Item item) =>
        [
            new Attempt { ItemId = item.Id, Stage = ItemState.Render },
            new Decision
            {
                ItemId = item.Id,
                Rule = "Score",
                Reason = "best",
            },
            new Rendition
            {
                ItemId = item.Id,
                Layout = "x",
                Encoder = "x",
                Sha256 = $"{item.Id}",
                SizeBytes = 5,
            },
        ];

    /// <summary>Promises it to a destination, where it has arrived unless told otherwise.</summary>
    public async Task<Publication> PromiseAsync(Item item, Rendition rendition, Action<Publication>? change = null)
    {
        var publication = Promise(item, rendition);
        change?.Invoke(publication);
        await AddAsync(publication);
        return publication;
    }

    public static Publication Promise(Item item, Rendition rendition) =>
        new()
        {
            ItemId = item.Id,
            RenditionId = rendition.Id,
            Destination = "inbox/Folder",
            Sha256 = rendition.Sha256!,
            IntendedAt = item.ChangedAt,
            PublishedAt = item.ChangedAt,
            SettledAt = item.ChangedAt,
            RemoteId = $"remote {item.Id}",
        };

    public async Task AddAsync(params object[] rows)
    {
        await using var db = World.Open();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    public Task<IReadOnlyList<Leftover>> PreviewAsync() => World.Get<Prune>().FindAsync(CancellationToken.None);

    public Task<Pruned> PruneAsync() => World.Get<Prune>().RunAsync(CancellationToken.None);

    public void Dispose() => World.Dispose();
}
