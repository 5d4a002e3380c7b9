using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Commands;

/// <summary>A real database with a made-up story in it, read back as the commands do.</summary>
internal sealed class StoryDatabase : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("story-");
    private readonly DbContextOptions<ShortsDb> _options;

    private StoryDatabase()
    {
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseShorts(Connection);
        _options = options.Options;
    }

    public string Connection => $"Data Source={Path.Combine(_folder.FullName, "shorts.db")};Pooling=false";

    public static async Task<StoryDatabase> MakeAsync()
    {
        var made = new StoryDatabase();
        await using var db = new ShortsDb(made._options);
        await db.Database.MigrateAsync();
        db.Channels.Add(new Channel { Name = "inbox", FirstSeenAt = Noon });
        await db.SaveChangesAsync();
        return made;
    }

    /// <summary>A candidate that was just found; <paramref name="change"/> makes it what the test needs.</summary>
    public async Task<ItemId> AddAsync(string title, Action<Item> change)
    {
        var item = new Item
        {
            Channel = "inbox",
            Source = "Folder:/srv/inbox",
            ExternalId = Guid.NewGuid().ToString(),
            Title = title,
            Location = $"/srv/inbox/{title}.mp4",
            RecordedAt = Noon.AddHours(-3),
            DiscoveredAt = Noon,
            ChangedAt = Noon,
            SizeBytes = 5 * 1024 * 1024,
            Facts = new ClipFacts(12.5, 1920, 1080, HasSound: true),
        };
        change(item);
        await ChangeAsync(db => db.Items.Add(item));
        return item.Id;
    }

    public async Task ChangeAsync(Action<ShortsDb> change)
    {
        await using var db = new ShortsDb(_options);
        change(db);
        await db.SaveChangesAsync();
    }

    public async Task<string> TellAsync(ItemId id, DateTimeOffset now, string zone = "Europe/Berlin")
    {
        await using var database = Open();
        var story = await ItemStory.ReadAsync(database.Content, id, CancellationToken.None);
        return StoryText.Tell(story, new(TimeZoneInfo.FindSystemTimeZoneById(zone), zone), now);
    }

    public async Task<IReadOnlyList<string>> FindAsync(string wanted)
    {
        await using var database = Open();
        return [.. (await ItemSearch.FindAsync(database.Content, wanted, CancellationToken.None)).Select(i => i.Title)];
    }

    public ReadOnlyDatabase Open() => new(new StorageOptions { ConnectionString = Connection });

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
