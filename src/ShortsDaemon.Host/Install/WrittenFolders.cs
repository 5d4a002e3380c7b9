using Microsoft.Data.Sqlite;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Host.Install;

/// <summary>The folders outside of the data directory that the configuration lets the daemon write to.</summary>
internal static class WrittenFolders
{
    public static IReadOnlyList<string> Of(ShortsOptions options)
    {
        var database = new SqliteConnectionStringBuilder(options.Storage.ConnectionString).DataSource;
        var data = options.Daemon.DataDirectory.TrimEnd('/') + "/";
        return
        [
            .. new[]
            {
                options.Backup.Directory,
                options.Daemon.CredentialsDirectory,
                Path.GetDirectoryName(database) ?? "",
            }
                .Concat(options.Channels.Values.SelectMany(Of))
                .Where(folder => folder.Length > 0 && !(folder + "/").StartsWith(data, StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Of(ChannelOptions channel) =>
        channel
            .Destinations.OfType<FolderDestinationOptions>()
            .Select(destination => destination.Path)
            .Concat(channel.Sources.OfType<FolderSourceOptions>().Select(source => source.MoveDoneTo));
}
