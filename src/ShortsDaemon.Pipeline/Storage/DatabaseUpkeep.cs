using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Looks whether the database is whole, and keeps it small and quick. Readers and writers go on meanwhile.</summary>
public sealed class DatabaseUpkeep(IDbContextFactory<ShortsDb> databases, TimeProvider time)
{
    private const double MiB = 1024 * 1024;

    // The thorough check also holds every index against its table; on a large file that takes minutes.
    private const long LargestToCheckThoroughly = 512 * 1024 * 1024;

    // Pages that stay free: tomorrow needs some again.
    private const long KeptFree = 1000;

    // A step of the vacuum is a change like any other, and others wait for it.
    private static readonly TimeSpan LongStep = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan ShortStep = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan VacuumLimit = TimeSpan.FromMinutes(10);

    private const int FewestPages = 8;
    private const int MostPages = 256;
    private const int ShortWaitSeconds = 5;

    /// <param name="cancel">Gives up between two steps.</param>
    /// <returns>What was done, in figures.</returns>
    /// <exception cref="DatabaseUnusableException">It is damaged.</exception>
    public async Task<string> RunAsync(CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        var began = time.GetTimestamp();
        await Task.Run(() => RequireWhole(connection), cancel);
        var took = time.GetElapsedTime(began);
        Run(connection, "PRAGMA analysis_limit = 400; PRAGMA optimize;");
        var before = Size(connection.DataSource);
        var note = await ShrinkAsync(connection, cancel);
        var log = Size(connection.DataSource + "-wal");
        EmptyLog(connection);
        return Text(
            $"the database is whole ({before / MiB:0.0} MiB looked at in {took.TotalSeconds:0.0} s); {note}; log {log / MiB:0.0} to {Size(connection.DataSource + "-wal") / MiB:0.0} MiB"
        );
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var place = new SqliteConnectionStringBuilder(db.Database.GetConnectionString())
        {
            Pooling = false,
            Mode = SqliteOpenMode.ReadWrite,
            DefaultTimeout = ShortWaitSeconds,
        };
        var connection = new SqliteConnection(place.ToString());
        await connection.OpenAsync(cancel);
        // Nothing here is lost when the last of it is: it is done again the next night.
        Run(connection, "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL;");
        return connection;
    }

    private static void RequireWhole(SqliteConnection connection)
    {
        try
        {
            var check = Size(connection.DataSource) <= LargestToCheckThoroughly ? "integrity_check" : "quick_check";
            var findings = Rows(connection, $"PRAGMA {check}(5)");
            if (findings is not ["ok"])
                throw new DatabaseUnusableException(
                    DatabaseStart.Damaged(connection.DataSource, string.Join("; ", findings))
                );
            if (Rows(connection, "PRAGMA foreign_key_check") is { Count: > 0 } broken)
                throw new DatabaseUnusableException(
                    DatabaseStart.Damaged(
                        connection.DataSource,
                        $"{broken.Count} rows of {broken[0]} belong to nothing"
                    )
                );
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 11 or 26)
        {
            throw new DatabaseUnusableException(DatabaseStart.Explain(e, connection.DataSource), e);
        }
    }

    private async Task<string> ShrinkAsync(SqliteConnection connection, CancellationToken cancel)
    {
        var page = Number(connection, "PRAGMA page_size");
        var free = Number(connection, "PRAGMA freelist_count");
        if (Number(connection, "PRAGMA auto_vacuum") == 0)
            return Text(
                $"{free * page / MiB:0.0} MiB in it are free and will be used again; the file, made by an older version, cannot shrink"
            );
        var (left, pages, began) = (free, FewestPages, time.GetTimestamp());
        while (left > KeptFree && time.GetElapsedTime(began) < VacuumLimit)
        {
            var step = time.GetTimestamp();
            Run(connection, Text($"PRAGMA incremental_vacuum({Math.Min(pages, left - KeptFree)})"));
            pages = Next(pages, time.GetElapsedTime(step));
            (var was, left) = (left, Number(connection, "PRAGMA freelist_count"));
            if (left >= was)
                break; // others use what is free at this very time
            await Task.Delay(Breath, time, cancel);
        }
        return Text($"{(free - left) * page / MiB:0.0} MiB given back, {left * page / MiB:0.0} MiB kept free");
    }

    private static int Next(int pages, TimeSpan took)
    {
        if (took > LongStep)
            return Math.Max(FewestPages, pages / 2);
        return took < ShortStep ? Math.Min(MostPages, pages * 2) : pages;
    }

    // First what can be done beside the others; then little is left to be done for which they have to wait. When somebody
    // reads just now it stays for the next time.
    private static void EmptyLog(SqliteConnection connection)
    {
        Run(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        Run(connection, "PRAGMA busy_timeout = 0");
        try
        {
            Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6)
        {
            return; // somebody writes; the log is used again from its beginning anyway
        }
    }

    private static void Run(SqliteConnection connection, string statements) => Rows(connection, statements);

    private static long Number(SqliteConnection connection, string question) =>
        long.Parse(Rows(connection, question).Single(), CultureInfo.InvariantCulture);

    // To the last row: some statements do their work while they are read.
    private static List<string> Rows(SqliteConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        do
        {
            while (reader.Read())
                rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        } while (reader.NextResult());
        return rows;
    }

    private static long Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
