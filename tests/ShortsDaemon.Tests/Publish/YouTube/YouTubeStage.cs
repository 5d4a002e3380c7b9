using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;
using ShortsDaemon.World;
using ShortsDaemon.World.Google;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>The publish stage with one YouTube destination, over real HTTP to the fake YouTube, on a clock that tests move.</summary>
internal sealed class YouTubeStage : IAsyncDisposable
{
    public const string Channel = "UC-main";
    public const string Destination = "inbox/YouTube";
    private const int Size = 700_000;

    private YouTubeStage(FlowWorld flow, WorldServer world) => (Flow, World) = (flow, world);

    public FlowWorld Flow { get; }
    public WorldServer World { get; }

    public YouTubeWorld YouTube => World.YouTube;
    public FakeTimeProvider Clock => Flow.Clock;

    /// <summary>When the project's next day begins.</summary>
    public DateTimeOffset Tomorrow => PacificDay.After(Clock.GetUtcNow());
    public string TokenFile => Flow.Get<CredentialFiles>().PathOf("YouTube", "main");

    /// <param name="to">The destination; null: a private one.</param>
    /// <param name="settings">The YouTube section, but for the addresses.</param>
    /// <param name="wire">Stands between the daemon and the network; null: nobody.</param>
    /// <param name="change">Further services.</param>
    /// <param name="ahead">How far YouTube's clock is ahead of ours.</param>
    public static async Task<YouTubeStage> OpenAsync(
        YouTubeDestinationOptions? to = null,
        YouTubeOptions? settings = null,
        DelegatingHandler? wire = null,
        Action<IServiceCollection>? change = null,
        TimeSpan ahead = default
    )
    {
        FlowWorld? flow = null;
        flow = new FlowWorld(change: services =>
        {
            if (flow is null)
                return;
            services.AddSingleton<TimeProvider>(new RushingTime(flow.Clock));
            if (wire is not null)
            {
                wire.InnerHandler ??= new SocketsHttpHandler { AllowAutoRedirect = false };
                services.AddSingleton(s => new YouTubeHttp(new Undying(wire), s.GetRequiredService<Breakers>()));
            }
            change?.Invoke(services);
        });
        flow.Restart();
        var folder = Path.Combine(flow.Data.Root, "world");
        Directory.CreateDirectory(folder);
        var world = await WorldServer.StartAsync(
            new WorldOptions(new ShiftedTime(flow.Clock, ahead), folder),
            CancellationToken.None
        );
        var stage = new YouTubeStage(flow, world);
        stage.Configure(to ?? To(), settings ?? new YouTubeOptions { ChunkMiB = 0.25 });
        world.YouTube.AddAccount("owner", Channel, "Main channel");
        await stage.LogInAsync();
        return stage;
    }

    public static YouTubeDestinationOptions To(string channel = "") =>
        new()
        {
            Type = YouTubePublisher.TypeName,
            Credentials = "main",
            ChannelId = channel,
            MaxPerDay = 0,
            MinSpacing = 0,
        };

    /// <summary>As `auth youtube` would.</summary>
    /// <param name="account">The account at Google and the name of the login; null: the owner, main.</param>
    /// <param name="project">The project whose client it is; null: the one of the client secret file.</param>
    /// <param name="scopes">What is allowed; null: <see cref="GoogleFlow.Scopes"/>.</param>
    public async Task<YouTubeToken> LogInAsync(
        string? account = null,
        GoogleProject? project = null,
        IReadOnlyList<string>? scopes = null
    )
    {
        var pair = World.Google.IssueToken(account ?? "owner", project, scopes);
        var token = new YouTubeToken
        {
            RefreshToken = pair.RefreshToken,
            IssuedAt = Clock.GetUtcNow(),
            AccessToken = pair.AccessToken,
            AccessTokenIssuedAt = Clock.GetUtcNow(),
            AccessTokenExpiresAt = Clock.GetUtcNow() + TimeSpan.FromHours(1),
            Scope = string.Join(' ', scopes ?? GoogleFlow.Scopes),
            ChannelId = account is null ? Channel : $"UC-{account}",
            ChannelTitle = account ?? "Main channel",
            ClientId = (project ?? World.Google.Project).ClientId,
            ClientSecret = project?.ClientSecret,
        };
        var file = Flow.Get<CredentialFiles>().PathOf("YouTube", account ?? "main");
        await token.WriteAsync(file, CancellationToken.None);
        return token;
    }

    /// <summary>An item whose Short has passed the gate.</summary>
    public async Task<Item> ItemAsync(string title = "A clip", int size = Size)
    {
        var item = await Flow.AddAsync($"{Guid.NewGuid():N}.mp4", title, ItemState.Publish);
        await using var db = Flow.Open();
        db.Attach(item).State = EntityState.Modified;
        item.Title = title;
        await db.SaveChangesAsync();
        var files = Flow.Data.Of(item.Id);
        files.Create();
        await File.WriteAllBytesAsync(files.Thumbnail, [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
        await MakeAsync(item, size);
        return item;
    }

    /// <summary>Makes the item's Short, or makes it again.</summary>
    public async Task<Rendition> MakeAsync(Item item, int size = Size)
    {
        var video = Flow.Data.Of(item.Id).Video;
        await File.WriteAllBytesAsync(video, RandomNumberGenerator.GetBytes(size));
        var rendition = new Rendition
        {
            ItemId = item.Id,
            MadeAt = Clock.GetUtcNow(),
            Layout = "BlurredBackdrop",
            Encoder = "libx264",
            Sha256 = await FileHash.OfAsync(video, CancellationToken.None),
            SizeBytes = size,
        };
        await using var db = Flow.Open();
        db.Renditions.Add(rendition);
        await db.SaveChangesAsync();
        return rendition;
    }

    /// <summary>One run of the stage.</summary>
    public async Task<Item> RunAsync(Item item, CancellationToken cancel = default) =>
        await Flow.Get<StageRunner>().RunAsync(await ReadAsync(item), cancel);

    /// <summary>Runs the stage again and again, each time when the item says.</summary>
    public async Task<Item> SettleAsync(Item item, int most = 60)
    {
        for (var i = 0; i < most; i++)
        {
            var now = await RunAsync(item);
            if (now.State.IsEnd)
                return now;
            if (now.NotBefore is { } until && until > Clock.GetUtcNow())
                Clock.Advance(until - Clock.GetUtcNow());
        }
        return await ReadAsync(item);
    }

    public async Task<Item> ReadAsync(Item item)
    {
        await using var db = Flow.Open();
        return await db.Items.AsNoTracking().SingleAsync(i => i.Id == item.Id);
    }

    public async Task<Publication> PromiseAsync(Item item)
    {
        await using var db = Flow.Open();
        return await db.Publications.AsNoTracking().SingleAsync(p => p.ItemId == item.Id);
    }

    public async Task ChangePromiseAsync(Item item, Action<Publication> change)
    {
        await using var db = Flow.Open();
        change(await db.Publications.SingleAsync(p => p.ItemId == item.Id));
        await db.SaveChangesAsync();
    }

    public async Task<List<T>> AllAsync<T>()
        where T : class
    {
        await using var db = Flow.Open();
        return await db.Set<T>().AsNoTracking().ToListAsync();
    }

    /// <summary>As the stages before would.</summary>
    public async Task MoveAsync(Item item, ItemState state)
    {
        await using var db = Flow.Open();
        var row = await db.Items.SingleAsync(i => i.Id == item.Id);
        (row.State, row.NotBefore) = (state, null);
        await db.SaveChangesAsync();
    }

    /// <param name="to">The destination.</param>
    /// <param name="settings">The YouTube section, but for the addresses.</param>
    /// <param name="spoken">Render:Captions:Language.</param>
    public void Configure(YouTubeDestinationOptions to, YouTubeOptions settings, string spoken = "")
    {
        var before = Flow.Live.Value;
        var secret = Path.Combine(Flow.Data.Root, "client_secret.json");
        World.Google.WriteClientSecret(secret);
        Flow.Live.Accept(
            new ShortsOptions
            {
                Daemon = new()
                {
                    DataDirectory = before.Daemon.DataDirectory,
                    CredentialsDirectory = Path.Combine(Flow.Data.Root, "credentials"),
                },
                Storage = before.Storage,
                Retry = before.Retry,
                Backup = before.Backup,
                YouTube = new()
                {
                    ClientSecretFile = secret,
                    ApiBaseUrl = World.Settings["YouTube:ApiBaseUrl"],
                    AuthUrl = World.Settings["YouTube:AuthUrl"],
                    TokenUrl = World.Settings["YouTube:TokenUrl"],
                    ChunkMiB = settings.ChunkMiB,
                    StallSeconds = settings.StallSeconds,
                    UploadKiBPerSecond = settings.UploadKiBPerSecond,
                    ProcessingMinutes = settings.ProcessingMinutes,
                    Quota = settings.Quota,
                },
                Channels =
                {
                    ["inbox"] = new()
                    {
                        Sources = before.Channels["inbox"].Sources,
                        Render = new() { Captions = new() { Language = spoken } },
                        Destinations = [to],
                    },
                },
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        Flow.Dispose();
    }

    // A restart disposes the services; the wire is the test's.
    private sealed class Undying(HttpMessageHandler wire) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _wire = new(wire, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) =>
            _wire.SendAsync(request, cancel);
    }
}
