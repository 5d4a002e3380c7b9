using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ShortsDaemon.World.Google;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.World;

/// <summary>The platforms in a box: they answer over real HTTP on the loopback interface and remember what they saw.</summary>
public sealed class WorldServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private WorldServer(WebApplication server, WorldOptions options, CallLog calls)
    {
        (_server, Options, Calls) = (server, options, calls);
        Address = new Uri(server.Urls.Single() + "/");
    }

    public WorldOptions Options { get; }

    /// <summary>For instance http://127.0.0.1:41234/.</summary>
    public Uri Address { get; }

    /// <summary>Every request that came in, in order.</summary>
    public CallLog Calls { get; }

    /// <summary>Google's users, projects and tokens.</summary>
    public required GoogleWorld Google { get; init; }

    /// <summary>YouTube's channels and videos.</summary>
    public required YouTubeWorld YouTube { get; init; }

    /// <summary>The configuration keys that send a daemon here instead of to the real platforms.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Twitch:ApiBaseUrl"] = $"{Address}helix/",
            ["Twitch:AuthBaseUrl"] = $"{Address}oauth2/",
            ["YouTube:ApiBaseUrl"] = Address.ToString(),
            ["YouTube:AuthUrl"] = $"{Address}google/auth",
            ["YouTube:TokenUrl"] = $"{Address}google/token",
        };

    public static async Task<WorldServer> StartAsync(WorldOptions options, CancellationToken cancel)
    {
        var calls = new CallLog(options.Time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{options.Port}");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.UseRouting();
        server.Use(calls.RecordAsync);
        var google = new GoogleWorld(options.Time);
        var youTube = new YouTubeWorld(options, google);
        server.MapGoogle(google);
        server.MapYouTube(google, youTube.State);
        await server.StartAsync(cancel);
        var world = new WorldServer(server, options, calls) { Google = google, YouTube = youTube };
        google.Address = world.Address;
        return world;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();
}
