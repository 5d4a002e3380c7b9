using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Discover;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;
using ShortsDaemon.World;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Tests.Sources.Twitch;

/// <summary>The daemon's Twitch parts over a real database, a clock that a test moves, and a stub or the world as Twitch.</summary>
internal sealed class TwitchBench : IAsyncDisposable
{
    private readonly HttpClient _http;

    private TwitchBench(FlowWorld flow, HttpClient http) => (Flow, _http) = (flow, http);

    /// <summary>Stands for the download of a clip's file.</summary>
    public ClipFetch Fetch { get; set; } = (_, _, _, _) => Task.CompletedTask;

    public FlowWorld Flow { get; }
    public WorldServer? World { get; private set; }
    public TwitchWorld Twitch => World!.Twitch;
    public FakeTimeProvider Clock => Flow.Clock;
    public DateTimeOffset Now => Clock.GetUtcNow();
    public string Credentials => Path.Combine(Flow.Data.Root, "credentials");

    public string FileOf(string account) => Path.Combine(Credentials, $"twitch-{account}.json");

    public static TwitchBench Over(StubTwitch stub)
    {
        var bench = Make(new HttpClient(stub, disposeHandler: false));
        bench.Configure(new TwitchOptions { ClientId = "id1", ClientSecret = "secret1" });
        return bench;
    }

    /// <param name="ahead">How far Twitch's clock is ahead of ours.</param>
    public static async Task<TwitchBench> OverWorldAsync(TimeSpan ahead = default)
    {
        var bench = Make(new HttpClient());
        var media = Path.Combine(bench.Flow.Data.Root, "media");
        bench.World = await WorldServer.StartAsync(
            new WorldOptions(new ShiftedTime(bench.Clock, ahead), media),
            CancellationToken.None
        );
        bench.Configure();
        return bench;
    }

    private static TwitchBench Make(HttpClient http)
    {
        TwitchBench? bench = null;
        var flow = new FlowWorld(change: services =>
            services
                .AddSingleton(new TwitchHttp(() => http))
                .AddSingleton<ClipFetch>((item, source, path, cancel) => bench!.Fetch(item, source, path, cancel))
        );
        return bench = new TwitchBench(flow, http);
    }

    /// <summary>One channel for each broadcaster.</summary>
    public void Configure(params IReadOnlyList<string> logins) =>
        Configure(
            new TwitchOptions
            {
                ApiBaseUrl = World!.Settings["Twitch:ApiBaseUrl"],
                AuthBaseUrl = World.Settings["Twitch:AuthBaseUrl"],
                ClientId = World.Settings["Twitch:ClientId"],
                ClientSecret = World.Settings["Twitch:ClientSecret"],
            },
            logins
        );

    public void Configure(TwitchOptions twitch, params IReadOnlyList<string> logins)
    {
        var before = Flow.Live.Value;
        var options = new ShortsOptions
        {
            Daemon = new() { DataDirectory = before.Daemon.DataDirectory, CredentialsDirectory = Credentials },
            Storage = before.Storage,
            Health = before.Health,
            Twitch = twitch,
        };
        foreach (var login in logins)
            options.Channels[login] = new ChannelOptions
            {
                Sources = [new TwitchClipsSourceOptions { Type = TwitchClipsSource.TypeName, Login = login }],
            };
        Flow.Live.Accept(options);
    }

    public T Get<T>()
        where T : notnull => Flow.Get<T>();

    public ISource Source => Get<SourceCatalog>().Of(TwitchClipsSource.TypeName);

    public TwitchClipsSourceOptions OptionsOf(string channel) =>
        (TwitchClipsSourceOptions)Flow.Live.Value.Channels[channel].Sources[0];

    public Task<Listing> ListAsync(string channel) =>
        RunAsync(Source.ListAsync(OptionsOf(channel), CancellationToken.None));

    /// <summary>Discovers as a run of the channel does.</summary>
    public async Task<Discovery> DiscoverAsync(string channel)
    {
        await using (var db = Flow.Open())
        {
            if (!await db.Channels.AnyAsync(c => c.Name == channel))
            {
                db.Channels.Add(new Channel { Name = channel, FirstSeenAt = Now });
                await db.SaveChangesAsync();
            }
        }
        var options = Flow.Live.Value.Channels[channel];
        return await RunAsync(Get<DiscoverStep>().RunAsync(channel, options, CancellationToken.None));
    }

    /// <summary>Lets the clock run on whenever somebody waits for it.</summary>
    public async Task<T> RunAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            if (Clock.WaitingTimers > 0)
                Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1);
        }
        return await work;
    }

    public async Task RunAsync(Task work) => await RunAsync(Wrap(work));

    public async Task<TwitchAccount> LogInAsync(string account, string login, UserTokens tokens)
    {
        var content = new TwitchAccount
        {
            ClientId = Flow.Live.Value.Twitch.ClientId,
            UserId = "77",
            Login = login,
            AccessToken = tokens.Access,
            RefreshToken = tokens.Refresh,
            Scopes = [DeviceLogin.Scope],
            ObtainedAt = Now,
        };
        await Get<TwitchAccountFiles>().WriteAsync(account, content, CancellationToken.None);
        return content;
    }

    public async Task<List<Alert>> OpenAlertsAsync()
    {
        await using var db = Flow.Open();
        return await db.Alerts.AsNoTracking().Where(a => a.ResolvedAt == null).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (World is not null)
            await World.DisposeAsync();
        Flow.Dispose();
    }

    private static async Task<bool> Wrap(Task work)
    {
        await work;
        return true;
    }
}
