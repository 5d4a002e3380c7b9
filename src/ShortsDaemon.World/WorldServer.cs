using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ShortsDaemon.World.Control;
using ShortsDaemon.World.Faults;
using ShortsDaemon.World.Google;
using ShortsDaemon.World.Twitch;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.World;

/// <summary>The platforms in a box: they answer over real HTTP on the loopback interface and remember what they saw.</summary>
public sealed class WorldServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private WorldServer(WebApplication server, WorldOptions options)
    {
        (_server, Options) = (server, options);
        Calls = new CallLog(options.Time);
        Twitch = new TwitchWorld(options);
        Google = new GoogleWorld(options.Time, () => Address);
        YouTube = new YouTubeWorld(options, Google);
        server.UseRouting();
        server.Use(Calls.RecordAsync);
        server.Use((http, next) => Faults!.ApplyAsync(http, next));
        server.MapTwitch(Twitch);
        server.MapGoogle(Google);
        server.MapYouTube(Google, YouTube.State);
        server.MapControl(this);
        Faults = new FaultPlan(OperationsOf(server));
    }

    public WorldOptions Options { get; }

    /// <summary>For instance http://127.0.0.1:41234/.</summary>
    public Uri Address => new(_server.Urls.Single() + "/");

    /// <summary>Every request that came in, in order.</summary>
    public CallLog Calls { get; }

    /// <summary>What goes wrong; empty at first.</summary>
    public FaultPlan Faults { get; }

    public TwitchWorld Twitch { get; }

    /// <summary>Google's users, projects and tokens.</summary>
    public GoogleWorld Google { get; }

    /// <summary>YouTube's channels and videos.</summary>
    public YouTubeWorld YouTube { get; }

    /// <summary>The configuration keys that send a daemon here instead of to the real platforms.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Twitch:ApiBaseUrl"] = $"{Address}helix/",
            ["Twitch:AuthBaseUrl"] = $"{Address}oauth2/",
            ["Twitch:ClientId"] = TwitchWorld.ClientId,
            ["Twitch:ClientSecret"] = TwitchWorld.ClientSecret,
            ["YouTube:ApiBaseUrl"] = Address.ToString(),
            ["YouTube:AuthUrl"] = $"{Address}google/auth",
            ["YouTube:TokenUrl"] = $"{Address}google/token",
        };

    public static async Task<WorldServer> StartAsync(WorldOptions options, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{options.Port}");
        builder.WebHost.ConfigureKestrel(server =>
        {
            // Uploads are large, and a fault may make any of them crawl.
            server.Limits.MaxRequestBodySize = null;
            server.Limits.MinRequestBodyDataRate = null;
            server.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var world = new WorldServer(builder.Build(), options);
        await world._server.StartAsync(cancel);
        return world;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static HashSet<string> OperationsOf(IEndpointRouteBuilder routes) =>
        routes
            .DataSources.SelectMany(source => source.Endpoints)
            .SelectMany(endpoint => endpoint.Metadata.Operations())
            .Where(name => !name.StartsWith("world.", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
}
