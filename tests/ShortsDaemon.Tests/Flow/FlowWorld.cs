using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ShortsDaemon.Host;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Retention;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Flow;

/// <summary>One data directory with inbox and outbox, and the daemon's services over it, which can die and come back.</summary>
internal sealed class FlowWorld : IDisposable
{
    public const string ChannelName = "inbox";

    private readonly TestFolder _folder = new();
    private readonly Action<IServiceCollection> _change;
    private ServiceProvider _services;

    /// <param name="template">A migrated database to begin with; null: one is made.</param>
    /// <param name="tools">External programs; null: whatever is on PATH.</param>
    /// <param name="change">Further services, also after each restart.</param>
    public FlowWorld(string? template = null, FakeMediaTools? tools = null, Action<IServiceCollection>? change = null)
    {
        _change = change ?? (_ => { });
        Live = new LiveOptions(Options(tools));
        if (template is not null)
            File.Copy(template, Database);
        _services = Build();
        if (template is null)
            Get<DatabaseStart>().PrepareAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public FakeTimeProvider Clock { get; } = new();
    public LiveOptions Live { get; }
    public DataFolder Data => new(_folder.Root);
    public string Inbox => _folder["inbox"];
    public string Outbox => _folder["outbox"];
    public string Database => _folder["shorts.db"];
    public string ConnectionString => $"Data Source={Database}";
    public IDbContextFactory<ShortsDb> Databases => Get<IDbContextFactory<ShortsDb>>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ShortsDb Open() => Databases.CreateDbContext();

    /// <summary>What a new process finds: the files, nothing else.</summary>
    public void Restart()
    {
        _services.Dispose();
        _services = Build();
    }

    /// <summary>Other options of these sections come into force.</summary>
    public void Edit(RetentionOptions? retention = null, HealthOptions? health = null)
    {
        var was = Live.Value;
        Live.Accept(
            new ShortsOptions
            {
                Daemon = was.Daemon,
                Storage = was.Storage,
                Tools = was.Tools,
                Encoding = was.Encoding,
                Retry = was.Retry,
                Log = was.Log,
                Health = health ?? was.Health,
                Retention = retention ?? was.Retention,
                Backup = was.Backup,
                Channels = was.Channels,
            }
        );
    }

    /// <summary>The channel wants each Short approved, or no more.</summary>
    public void Review(bool isOn)
    {
        var (was, channel) = (Live.Value, Live.Value.Channels[ChannelName]);
        Live.Accept(
            new ShortsOptions
            {
                Daemon = was.Daemon,
                Storage = was.Storage,
                Tools = was.Tools,
                Encoding = was.Encoding,
                Retry = was.Retry,
                Log = was.Log,
                Health = was.Health,
                Retention = was.Retention,
                Backup = was.Backup,
                Channels =
                {
                    [ChannelName] = new()
                    {
                        Sources = channel.Sources,
                        Destinations = channel.Destinations,
                        Review = isOn,
                    },
                },
            }
        );
    }

    /// <summary>Gives a file or folder the time it had so long ago.</summary>
    public string Age(string path, TimeSpan age)
    {
        var at = (Clock.GetUtcNow() - age).UtcDateTime;
        if (Directory.Exists(path))
            Directory.SetLastWriteTimeUtc(path, at);
        else
            File.SetLastWriteTimeUtc(path, at);
        return path;
    }

    public string Drop(string name, string content)
    {
        Directory.CreateDirectory(Inbox);
        var path = Path.Combine(Inbox, name);
        File.WriteAllText(path, content + "\n");
        return path;
    }

    /// <summary>A selected item whose recording lies in the inbox.</summary>
    public async Task<Item> AddAsync(string fileName, string content, ItemState state = ItemState.Download)
    {
        var path = Drop(fileName, content);
        var source = Get<ShortsDaemon.Pipeline.Sources.SourceCatalog>().Of(FolderSource.TypeName);
        var settings = Live.Value.Channels[ChannelName].Sources[0];
        var found = (await source.ListAsync(settings, CancellationToken.None)).Clips.Single(c => c.Location == path);
        await using var db = Open();
        if (!await db.Channels.AnyAsync())
            db.Channels.Add(new Channel { Name = ChannelName, FirstSeenAt = Clock.GetUtcNow() });
        var item = NewItem(found.ExternalId, found.Title, path, state);
        item.Source = source.Identify(settings);
        db.Items.Add(item);
        await db.SaveChangesAsync();
        return item;
    }

    public Item NewItem(string externalId, string title, string location, ItemState state) =>
        new()
        {
            Channel = ChannelName,
            Source = "Folder:" + Inbox,
            ExternalId = externalId,
            Title = title,
            Location = location,
            RecordedAt = Clock.GetUtcNow(),
            DiscoveredAt = Clock.GetUtcNow(),
            ChangedAt = Clock.GetUtcNow(),
            SizeBytes = 10,
            Facts = new ClipFacts(5, 1920, 1080, true),
            State = state,
        };

    public void Dispose()
    {
        _services.Dispose();
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        _folder.Dispose();
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddPipeline(Live);
        services.AddLogging();
        // EF keeps its model per logger factory: with one of each restart's own, most of a case would be building models.
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton<TimeProvider>(Clock);
        _change(services);
        return services.BuildServiceProvider();
    }

    private ShortsOptions Options(FakeMediaTools? tools) =>
        new()
        {
            Daemon = new() { DataDirectory = _folder.Root },
            Storage = new() { ConnectionString = ConnectionString },
            Tools = tools is null ? new() : new() { FFmpeg = tools.FFmpeg, FFprobe = tools.FFprobe },
            Encoding = new() { Lanes = 1 },
            Health = new() { DiskMinimumMiB = 0 },
            Retry = new() { MaxAttempts = 3 },
            Backup = new() { Directory = _folder["backups"], Schedule = "" },
            Channels =
            {
                [ChannelName] = new()
                {
                    Sources =
                    [
                        new FolderSourceOptions
                        {
                            Type = "Folder",
                            Path = Inbox,
                            SettleSeconds = 0,
                        },
                    ],
                    Destinations = [new FolderDestinationOptions { Type = "Folder", Path = Outbox }],
                },
            },
        };
}
