using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Backups;

/// <summary>A data directory with a few items, and its backups.</summary>
internal sealed class BackupWorld : IDisposable
{
    public FlowWorld Flow { get; } = new();

    public string Shelf => Flow.Live.Value.Backup.Directory;
    public BackupMaker Maker => Flow.Get<BackupMaker>();
    public Restoration Restoration => Flow.Get<Restoration>();
    public string Credentials => Path.Combine(Flow.Data.Root, "credentials");

    public async Task<Backup> MakeAsync() => (await Maker.MakeAsync(default)).Backup;

    public async Task<Item> AddItemAsync(string title)
    {
        await using var db = Flow.Open();
        if (!await db.Channels.AnyAsync())
            db.Channels.Add(new Channel { Name = FlowWorld.ChannelName, FirstSeenAt = Flow.Clock.GetUtcNow() });
        var item = Flow.NewItem(title, title, $"/srv/{title}.mp4", ItemState.Candidate);
        db.Items.Add(item);
        await db.SaveChangesAsync();
        return item;
    }

    public async Task<List<string>> TitlesAsync()
    {
        await using var db = Flow.Open();
        return await db.Items.OrderBy(i => i.Id).Select(i => i.Title).ToListAsync();
    }

    public void Configure(BackupOptions backup)
    {
        var before = Flow.Live.Value;
        Flow.Live.Accept(
            new ShortsOptions
            {
                Daemon = new() { DataDirectory = before.Daemon.DataDirectory, CredentialsDirectory = Credentials },
                Storage = before.Storage,
                Backup = backup,
                Channels = before.Channels,
            }
        );
    }

    /// <summary>As a stopped daemon leaves it.</summary>
    public void Stop()
    {
        Flow.Restart();
        using var connection = new SqliteConnection(Flow.ConnectionString);
        SqliteConnection.ClearPool(connection);
        SqliteConnection.ClearAllPools();
    }

    /// <summary>Puts a backup in place, as the command does.</summary>
    public async Task<string?> RestoreAsync(string? name = null)
    {
        Stop();
        var backup = await Restoration.VerifyAsync(Restoration.Find(name), default);
        var replaced = await Restoration.RunAsync(backup, default);
        await Flow.Get<DatabaseStart>().PrepareAsync(default);
        return replaced;
    }

    public static void Execute(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose() => Flow.Dispose();
}
