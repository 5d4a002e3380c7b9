using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>A database that is not the daemon's own: a copy, or one on its way. No connection is kept open.</summary>
internal sealed class DatabaseAt(string path) : IDbContextFactory<ShortsDb>
{
    public ShortsDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseShorts(Address(path, SqliteOpenMode.ReadWriteCreate));
        return new ShortsDb(options.Options);
    }

    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(Address(path, mode));
        connection.Open();
        return connection;
    }

    /// <summary>Makes it one file again, without a write-ahead log beside it.</summary>
    public static void Close(string path)
    {
        using var connection = Open(path, SqliteOpenMode.ReadWrite);
        Ask(connection, "PRAGMA journal_mode = delete");
    }

    /// <summary>Waits until the disk has all of it.</summary>
    public static void Sync(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <returns>The first column of every row.</returns>
    public static List<string> Ask(SqliteConnection connection, string sql)
    {
#pragma warning disable CA2100 // our own words, and names of tables in quotes
        using var command = new SqliteCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(reader.GetValue(0).ToString() ?? "");
        return rows;
    }

    private static string Address(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString();
}
