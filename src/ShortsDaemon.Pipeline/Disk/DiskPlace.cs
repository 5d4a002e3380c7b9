using Microsoft.Data.Sqlite;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Pipeline.Disk;

/// <summary>A folder the daemon writes into.</summary>
/// <param name="Name">What it is for: data, work, logs, database, backups, or channel and destination.</param>
/// <param name="Folder">Its path.</param>
/// <param name="HoldsWork">Work pauses when it is full; without room for logs and backups it goes on.</param>
public sealed record DiskPlace(string Name, string Folder, bool HoldsWork = true)
{
    public const string Work = "work";
    public const string Backups = "backups";

    /// <returns>All of them. Whatever else gets a folder of its own is added here, and is then watched.</returns>
    public static IReadOnlyList<DiskPlace> Of(ShortsOptions options, DataFolder data) =>
        [
            new("data", data.Root),
            new(Work, data.Work),
            new("logs", data.Logs, HoldsWork: false),
            .. Database(options.Storage),
            .. options
                .Channels.Where(channel => channel.Value.Enabled)
                .SelectMany(channel =>
                    channel
                        .Value.Destinations.OfType<FolderDestinationOptions>()
                        .Where(folder => folder.Path.Length > 0)
                        .Select(folder => new DiskPlace($"{channel.Key}/{folder.Name ?? folder.Type}", folder.Path))
                ),
            .. BackupsOf(options.Backup),
        ];

    // While its disk is not mounted, the room of another one would be told here.
    private static IEnumerable<DiskPlace> BackupsOf(BackupOptions backup)
    {
        if (Path.IsPathFullyQualified(backup.Directory) && Directory.Exists(backup.Directory))
            yield return new DiskPlace(Backups, backup.Directory, HoldsWork: false);
    }

    private static IEnumerable<DiskPlace> Database(StorageOptions storage)
    {
        var file = new SqliteConnectionStringBuilder(storage.ConnectionString).DataSource;
        if (Path.IsPathFullyQualified(file))
            yield return new DiskPlace("database", Path.GetDirectoryName(file)!);
    }
}
