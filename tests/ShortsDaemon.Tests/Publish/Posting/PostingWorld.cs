using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Publish.Posting;

/// <summary>Shorts that have passed the gate, and a platform that takes all of them and remembers when.</summary>
internal sealed class PostingWorld : IDisposable
{
    public const string Destination = "inbox/Stage";

    private readonly OutboxWorld _outbox;

    public PostingWorld(YouTubeDestinationOptions options, string start = "2026-01-15 12:00")
    {
        _outbox = new(services => services.AddSingleton<IPublisher>(Publisher));
        SetClock(start);
        Use(options);
    }

    public RecordingPublisher Publisher { get; } = new();
    public FlowWorld World => _outbox.World;
    public FakeTimeProvider Clock => World.Clock;
    public DateTimeOffset Now => Clock.GetUtcNow();

    public void SetClock(string utc) => Clock.JumpWallClock(PostingHoursTests.Utc(utc) - Now);

    /// <summary>The same destination for each channel named.</summary>
    public void Use(YouTubeDestinationOptions options, long uploads = 100, params string[] channels)
    {
        var before = World.Live.Value;
        var secret = Path.Combine(World.Data.Root, "client.json");
        File.WriteAllText(secret, """{ "installed": { "client_id": "123-x" } }""");
        var edited = new ShortsOptions
        {
            Daemon = before.Daemon,
            Storage = before.Storage,
            Retry = before.Retry,
            YouTube = new()
            {
                ClientSecretFile = secret,
                Quota = new() { UploadsPerDay = uploads },
            },
        };
        foreach (var channel in channels.Length > 0 ? channels : ["inbox"])
            edited.Channels[channel] = new()
            {
                TimeZone = "Europe/Berlin",
                Sources = before.Channels["inbox"].Sources,
                Destinations = [options],
            };
        World.Live.Accept(edited);
    }

    public async Task<Item> ItemAsync(string title, string channel = "inbox")
    {
        var item = await _outbox.ItemAsync(title);
        await _outbox.MakeAsync(item, title);
        if (channel == "inbox")
            return item;
        await ChangeAsync(async db =>
        {
            if (!await db.Channels.AnyAsync(c => c.Name == channel))
                db.Channels.Add(new Channel { Name = channel, FirstSeenAt = Now });
            await db.SaveChangesAsync();
            await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(i => i.SetProperty(x => x.Channel, channel));
        });
        return await ReadAsync(item.Id);
    }

    /// <summary>One visit of the stage, as the daemon would make it.</summary>
    public async Task<Item> VisitAsync(Item item) =>
        await World.Get<StageRunner>().RunAsync(await ReadAsync(item.Id), CancellationToken.None);

    public async Task<Item> ReadAsync(ItemId id)
    {
        await using var db = World.Open();
        return await db.Items.AsNoTracking().SingleAsync(i => i.Id == id);
    }

    public async Task<Publication> PromiseAsync(Item item)
    {
        await using var db = World.Open();
        return await db.Publications.AsNoTracking().SingleAsync(p => p.ItemId == item.Id);
    }

    public async Task ChangeAsync(Func<ShortsDb, Task> change)
    {
        await using var db = World.Open();
        await change(db);
    }

    public void Dispose() => _outbox.Dispose();

    public sealed class RecordingPublisher : IPublisher
    {
        private readonly Lock _lock = new();
        private readonly List<string> _taken = [];

        public string Type => "Stage";

        /// <summary>Titles in the order in which they came.</summary>
        public IReadOnlyList<string> Taken => [.. _taken];

        /// <summary>Called before a Short is taken.</summary>
        public Action<Shipment> Before { get; set; } = _ => { };

        public Task<string> PublishAsync(Shipment shipment, DestinationOptions options, CancellationToken cancel)
        {
            Before(shipment);
            lock (_lock)
                _taken.Add(shipment.Item.Title);
            return Task.FromResult("remote " + shipment.Item.Id);
        }

        public Task<IReadOnlyList<FoundUpload>> ReadBackAsync(
            string destination,
            DestinationOptions options,
            DateTimeOffset since,
            CancellationToken cancel
        ) => Task.FromResult<IReadOnlyList<FoundUpload>>([]);
    }
}
