using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World;
using ShortsDaemon.World.Google;

namespace ShortsDaemon.IntegrationTests.World;

/// <summary>The platforms in a box and a data directory whose daemon publishes there.</summary>
internal sealed class WorldBox : IAsyncDisposable
{
    public const string Account = "main";
    public const string ChannelId = "UC-main";

    private WorldBox(Sandbox box, WorldServer world) => (Box, World) = (box, world);

    public Sandbox Box { get; }
    public WorldServer World { get; }
    private string Logins => Path.Combine(Box.Root, "credentials");

    /// <param name="root">A data directory with a history; null: a new one.</param>
    public static async Task<WorldBox> MakeAsync(string? root = null)
    {
        var box = new Sandbox(root);
        var options = new WorldOptions(TimeProvider.System, Directory.CreateDirectory(Path.Combine(box.Root, "world")).FullName);
        var world = new WorldBox(box, await WorldServer.StartAsync(options, CancellationToken.None));
        world.World.YouTube.AddAccount(Account, ChannelId, "The main channel");
        world.World.YouTube.Rules.ProcessingTime = TimeSpan.Zero;
        await world.LogInAsync();
        world.Configure();
        return world;
    }

    /// <summary>A new login, as `auth youtube` makes it.</summary>
    public async Task LogInAsync()
    {
        Directory.CreateDirectory(Logins);
        World.YouTube.WriteClientSecret(Path.Combine(Logins, "client_secret.json"));
        var token = new YouTubeToken
        {
            RefreshToken = World.YouTube.IssueToken(Account).RefreshToken,
            IssuedAt = TimeProvider.System.GetUtcNow(),
            Scope = string.Join(' ', GoogleScopes.Usual),
            ChannelId = ChannelId,
            ChannelTitle = "The main channel",
            ClientId = World.Google.Project.ClientId,
        };
        await token.WriteAsync(Path.Combine(Logins, $"youtube-{Account}.json"), CancellationToken.None);
    }

    public IReadOnlyList<Publication> Publications()
    {
        using var db = Box.OpenDatabase();
        return [.. db.Publications.AsNoTracking()];
    }

    public async ValueTask DisposeAsync()
    {
        await Box.DisposeAsync();
        await World.DisposeAsync();
    }

    private void Configure()
    {
        foreach (var (key, value) in World.Settings)
            Set(key, value);
        Set("Daemon:CredentialsDirectory", Logins);
        Set("YouTube:ClientSecretFile", Path.Combine(Logins, "client_secret.json"));
        Box.Config["YouTube"]!["ChunkMiB"] = 0.25;
        Box.Channel["Destinations"] = new JsonArray(
            new JsonObject
            {
                ["Type"] = "YouTube",
                ["Credentials"] = Account,
                ["Privacy"] = "Public",
                ["MaxPerDay"] = 0,
                ["MinSpacing"] = 0,
            }
        );
        Box.Save();
    }

    private void Set(string key, string value)
    {
        var parts = key.Split(':');
        Box.Config[parts[0]] ??= new JsonObject();
        Box.Config[parts[0]]![parts[1]] = value;
    }
}
