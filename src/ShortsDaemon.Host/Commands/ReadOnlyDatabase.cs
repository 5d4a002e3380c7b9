using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>Looks into the database beside a running daemon. SQLite itself refuses every change.</summary>
internal sealed class ReadOnlyDatabase : IAsyncDisposable
{
    private const int LongestWaitSeconds = 5;

    public ReadOnlyDatabase(StorageOptions storage)
    {
        var connection = new SqliteConnectionStringBuilder(storage.ConnectionString)
        {
            Mode = SqliteOpenMode.ReadOnly,
            DefaultTimeout = LongestWaitSeconds,
            // A kept connection would hold the file open after the answer.
            Pooling = false,
        };
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseShorts(connection.ToString());
        Path = connection.DataSource;
        Content = new ShortsDb(options.Options);
        Content.Database.SetCommandTimeout(LongestWaitSeconds);
    }

    public string Path { get; }
    public ShortsDb Content { get; }

    /// <summary>False until the first start of the daemon has made it.</summary>
    public bool Exists => File.Exists(Path);

    /// <exception cref="SqliteException">It is locked, damaged or no database.</exception>
    public async Task<DatabaseAge> AgeAsync(CancellationToken cancel)
    {
        var version = await SchemaVersion.ReadAsync(Content, cancel);
        if (version.IsNewer)
            return DatabaseAge.Newer;
        return version.IsCurrent ? DatabaseAge.Current : DatabaseAge.Older;
    }

    /// <exception cref="DatabaseUnusableException">It was not written by this version of the program.</exception>
    /// <exception cref="SqliteException">It is locked, damaged or no database.</exception>
    public async Task RequireCurrentAsync(CancellationToken cancel)
    {
        switch (await AgeAsync(cancel))
        {
            case DatabaseAge.Newer:
                throw new DatabaseUnusableException(
                    $"The database '{Path}' was written by a newer ShortsDaemon. Ask that version."
                );
            case DatabaseAge.Older:
                throw new DatabaseUnusableException(
                    $"The database '{Path}' was written by an older ShortsDaemon. Start the daemon of this version once: it brings it up to date."
                );
        }
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>The database's version beside the program's.</summary>
internal enum DatabaseAge
{
    Older,
    Current,
    Newer,
}
