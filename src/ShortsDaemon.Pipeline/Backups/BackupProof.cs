using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>Whether a backup could be restored now. Nothing in it is changed.</summary>
internal static class BackupProof
{
    /// <param name="folder">Of the backup.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The backup.</returns>
    /// <exception cref="BackupException">It is not good; the message says why.</exception>
    public static async Task<Backup> RequireAsync(string folder, CancellationToken cancel)
    {
        var backup = Backup.At(folder);
        if (backup.Manifest is not { } manifest || backup.Problem is not null)
            throw new BackupException($"The backup '{backup.Name}' is not good: {backup.Problem}");
        foreach (var file in manifest.Files)
            if (await HashAsync(Path.Combine(folder, file.Name), cancel) != file.Sha256)
                throw new BackupException(
                    $"The backup '{backup.Name}' is damaged: {file.Name} is not the file that was written (its SHA-256 differs)."
                );
        await RequireDatabaseAsync(backup.Database, new(manifest.Schema, manifest.Rows), isThorough: true, cancel);
        return backup;
    }

    /// <param name="path">A database that nobody uses.</param>
    /// <param name="facts">What it must have.</param>
    /// <param name="isThorough">Compares every index with its table, too: with a million items that takes six times as long as a copy.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="BackupException">It has not, is damaged, or cannot be brought to this version.</exception>
    public static async Task RequireDatabaseAsync(
        string path,
        DatabaseFacts facts,
        bool isThorough,
        CancellationToken cancel
    )
    {
        try
        {
            await Task.Run(() => RequireWhole(path, facts, isThorough), cancel).WaitAsync(cancel);
            await RequireMigratableAsync(path, cancel);
        }
        catch (SqliteException e)
        {
            throw new BackupException($"The copy '{path}' cannot be read: {e.Message}", e);
        }
        catch (DatabaseUnusableException e)
        {
            throw new BackupException(e.Message, e);
        }
    }

    /// <returns>SHA-256 in lower-case hex, read in large pieces.</returns>
    public static Task<string> HashAsync(string path, CancellationToken cancel) =>
        Task.Run(
                () =>
                {
                    using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
                    return Convert.ToHexStringLower(SHA256.HashData(file));
                },
                cancel
            )
            .WaitAsync(cancel);

    private static void RequireWhole(string path, DatabaseFacts facts, bool isThorough)
    {
        using var connection = DatabaseAt.Open(path, SqliteOpenMode.ReadOnly);
        var integrity = DatabaseAt.Ask(connection, isThorough ? "PRAGMA integrity_check(3)" : "PRAGMA quick_check(3)");
        if (integrity is not ["ok"])
            throw new BackupException($"The copy '{path}' is damaged: {string.Join("; ", integrity)}");
        if (DatabaseAt.Ask(connection, "PRAGMA foreign_key_check") is [var table, ..])
            throw new BackupException(
                $"The copy '{path}' is not consistent: {table} refers to rows that are not there"
            );
        var here = DatabaseFacts.Read(connection);
        if (here.DifferenceTo(facts.Rows) is { } difference)
            throw new BackupException($"The copy '{path}' is not complete: {difference}");
        if (here.Schema != facts.Schema)
            throw new BackupException($"The copy '{path}' has the schema {here.Schema} instead of {facts.Schema}");
    }

    // Where this version has changed nothing there is nothing to try.
    private static async Task RequireMigratableAsync(string path, CancellationToken cancel)
    {
        await using (var db = new DatabaseAt(path).CreateDbContext())
            if (await IsCurrentAsync(db, path, cancel))
                return;
        var scratch = Path.Combine(Path.GetTempPath(), $"shorts-{Guid.NewGuid():N}.db");
        try
        {
            File.Copy(path, scratch);
            await new DatabaseStart(new DatabaseAt(scratch)).PrepareAsync(cancel);
        }
        finally
        {
            foreach (var part in (string[])["", "-wal", "-shm"])
                File.Delete(scratch + part);
        }
    }

    private static async Task<bool> IsCurrentAsync(ShortsDb db, string path, CancellationToken cancel)
    {
        var version = await SchemaVersion.ReadAsync(db, cancel);
        return version.IsNewer
            ? throw new BackupException(
                $"'{path}' was written by a newer ShortsDaemon (it knows '{version.Unknown}'). Restore it with that version."
            )
            : version.IsCurrent;
    }
}
