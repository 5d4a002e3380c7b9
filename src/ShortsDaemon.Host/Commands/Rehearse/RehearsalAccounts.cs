using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;
using ShortsDaemon.World;
using ShortsDaemon.World.Google;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>Opens the accounts that the configuration names on the platforms in the box, and logs the daemon in.</summary>
internal sealed class RehearsalAccounts(RehearsalFolder folder, WorldServer world)
{
    private const string DownloadScope = "channel:manage:clips";

    // The daemon is told the same folder by RehearsalSettings.
    private readonly CredentialFiles _files = new(
        new LiveOptions(new ShortsOptions { Daemon = new DaemonOptions { CredentialsDirectory = folder.Credentials } })
    );

    public async Task MakeAsync(ShortsOptions options, CancellationToken cancel)
    {
        world.YouTube.WriteClientSecret(folder.ClientSecret);
        var channels = options.Channels.Values.Where(c => c.Enabled).ToList();
        foreach (
            var account in channels
                .SelectMany(c => c.Destinations.OfType<YouTubeDestinationOptions>())
                .DistinctBy(d => d.Credentials)
        )
            await OpenYouTubeAsync(account, cancel);
        var sources = channels.SelectMany(c => c.Sources.OfType<TwitchClipsSourceOptions>()).ToList();
        foreach (var source in sources.DistinctBy(s => s.Login, StringComparer.OrdinalIgnoreCase))
            await OpenTwitchAsync(source, world.Twitch.AddBroadcaster(source.Login), cancel);
    }

    private async Task OpenYouTubeAsync(YouTubeDestinationOptions destination, CancellationToken cancel)
    {
        var account = destination.Credentials;
        var channel = destination.ChannelId.Length > 0 ? destination.ChannelId : $"UC-{account}";
        world.YouTube.AddAccount(account, channel, $"{account}'s channel");
        if (destination.Playlist.Length > 0)
            world.YouTube.AddPlaylist(channel, destination.Playlist);
        var token = new YouTubeToken
        {
            RefreshToken = world.YouTube.IssueToken(account).RefreshToken,
            IssuedAt = TimeProvider.System.GetUtcNow(),
            Scope = string.Join(' ', GoogleScopes.Usual),
            ChannelId = channel,
            ChannelTitle = $"{account}'s channel",
            ClientId = world.Google.Project.ClientId,
        };
        await token.WriteAsync(_files.PathOf("YouTube", account), cancel);
    }

    private Task OpenTwitchAsync(TwitchClipsSourceOptions source, string userId, CancellationToken cancel)
    {
        if (source.Account.Length == 0)
            return Task.CompletedTask;
        var tokens = world.Twitch.GrantUserToken(source.Login, DownloadScope);
        return new TwitchAccountFiles(_files).WriteAsync(
            source.Account,
            new TwitchAccount
            {
                ClientId = TwitchWorld.ClientId,
                UserId = userId,
                Login = source.Login,
                AccessToken = tokens.Access,
                RefreshToken = tokens.Refresh,
                Scopes = [DownloadScope],
                ObtainedAt = TimeProvider.System.GetUtcNow(),
            },
            cancel
        );
    }
}
