using Microsoft.Extensions.DependencyInjection;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

public static class TwitchSetUp
{
    private const string Provider = TwitchAccountFiles.Provider;

    /// <summary>What the source is made of. Needs <see cref="ClipFetch"/> among the services.</summary>
    public static IServiceCollection AddTwitch(this IServiceCollection services) =>
        services
            .AddSingleton(s => new TwitchHttp(() => s.GetRequiredService<ProviderClients>().Of(Provider)))
            .AddSingleton<TwitchAuth>()
            .AddSingleton<AppToken>()
            .AddSingleton<TwitchAccountFiles>()
            .AddSingleton<AccountTokens>()
            .AddSingleton<DeviceLogin>()
            .AddSingleton<RateBudgets>()
            .AddSingleton<HelixWire>()
            .AddSingleton<HelixClient>()
            .AddSingleton<Broadcasters>()
            .AddSingleton<GameNames>();
}
