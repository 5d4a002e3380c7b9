using Microsoft.Data.Sqlite;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Pipeline.Disk;

/// <summary>A folder the daemon writes into.</summary>
/// <param name="Name">What it is for: data, work, logs, database, or channel and destination.</param>
public sealed record DiskPlace(string Name, string Folder)
{
    public const string Work = "work";

    /// <returns>All of them. Whatever else gets a folder of its own is added here, and is then watched.</returns>
    public static IReadOnlyList<DiskPlace> Of(ShortsOptions options, DataFolder data) =>
        [
            new("data", data.Root),
            new(Work, data.Work),
            new("logs", data.Logs),
            .. Database(options.Storage),
            .. options
                .Channels.Where(channel => channel.Value.Enabled)
                .SelectMany(channel =>
                    channel
                        .Value.Destinations.OfType<FolderDestinationOptions>()
                        .Where(folder => folder.Path.Length > 0)
                        .Select(folder => new DiskPlace($"{channel.Key}/{folder.Name ?? folder.Type}", folder.Path))
                ),
        ];

    private static IEnumerable<DiskPlace> Database(StorageOptions storage)
    {
        var file = new SqliteConnectionStringBuilder(storage.ConnectionString).DataSource;
        if (Path.IsPathFullyQualified(file))
            yield return new DiskPlace("database", Path.GetDirectoryName(file)!);
    }
}
