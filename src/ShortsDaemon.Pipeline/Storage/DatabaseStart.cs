using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Brings the database to this program's version before anyone uses it.</summary>
public sealed class DatabaseStart(IDbContextFactory<ShortsDb> databases)
{
    private static readonly Version OldestSqlite = new(3, 38);
    private const int Incremental = 2;
    private const long LargestToCheck = 64 * 1024 * 1024;
    private static readonly TimeSpan MigrationLimit = TimeSpan.FromMinutes(10);

    /// <summary>Loads what every query needs: half a second that another thread can spare the start. Touches no file.</summary>
    public static async Task WarmUpAsync()
    {
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseShorts("Data Source=:memory:");
        await using var db = new ShortsDb(options.Options);
        await db.Database.OpenConnectionAsync();
        await db.Database.SqlQuery<string>($"select 'warm' as Value").ToListAsync();
    }

    /// <summary>Call while holding the instance lock.</summary>
    /// <exception cref="DatabaseUnusableException">With what to do.</exception>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var path = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        MakeFolder(path);
        FinishRestore(path);
        try
        {
            // One connection for all: what is asked for a new file counts when that same connection first writes to it.
            await db.Database.OpenConnectionAsync(cancel);
            await RequireSqliteAsync(db, cancel);
            await RequireWholeAsync(db, path, cancel);
            var isCurrent = await IsCurrentAsync(db, path, cancel);
            await LetShrinkAsync(db, path, cancel);
            // EF turns it on only where it makes the file itself: not for ours, which is there by now, nor for a backup.
            await db.Database.ExecuteSqlAsync($"PRAGMA journal_mode = 'wal'", cancel);
            // Even with nothing to do it would compare whole models, at each start.
            if (isCurrent)
                await RequireUnlockedAsync(db, cancel);
            else
                await MigrateAsync(db, cancel);
        }
        catch (SqliteException e)
        {
            throw new DatabaseUnusableException(Explain(e, path), e);
        }
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnusableException(
                $"The folder of the database '{path}' cannot be made: {e.Message} Check Storage:ConnectionString.",
                e
            );
        }
    }

    private static void FinishRestore(string path)
    {
        try
        {
            RestoreSwap.Finish(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnusableException(
                $"A restore of '{path}' was interrupted and cannot be finished: {e.Message} Check the rights of its folder.",
                e
            );
        }
    }

    private static async Task RequireSqliteAsync(ShortsDb db, CancellationToken cancel)
    {
        var version = await db.Database.SqlQuery<string>($"select sqlite_version() as Value").SingleAsync(cancel);
        if (Version.Parse(version) < OldestSqlite)
            throw new DatabaseUnusableException(
                $"The system's SQLite is {version}; {OldestSqlite} or newer is needed: update libsqlite3."
            );
        var search = await db
            .Database.SqlQuery<int>($"select count(*) as Value from pragma_module_list where name = 'fts5'")
            .SingleAsync(cancel);
        if (search == 0)
            throw new DatabaseUnusableException(
                $"The system's SQLite {version} was built without full-text search (FTS5): install another libsqlite3."
            );
    }

    // Damage in the middle would otherwise show hours later, in the middle of the work. Reading a large history would cost
    // seconds at each start; backups look at that.
    private static async Task RequireWholeAsync(ShortsDb db, string path, CancellationToken cancel)
    {
        if (new FileInfo(path) is not { Exists: true, Length: <= LargestToCheck })
            return;
        var finding = await db.Database.SqlQuery<string>($"PRAGMA quick_check(1)").ToListAsync(cancel);
        if (finding is not ["ok"])
            throw new DatabaseUnusableException(Damaged(path, string.Join("; ", finding)));
    }

    // Without this the file never gives room back. In a file that has tables it takes a rewrite of all of it, which a small
    // one gets here; a large one stays as it is, and its free pages are used again.
    private static async Task LetShrinkAsync(ShortsDb db, string path, CancellationToken cancel)
    {
        var mode = await db
            .Database.SqlQuery<int>($"select auto_vacuum as Value from pragma_auto_vacuum")
            .SingleAsync(cancel);
        if (mode == Incremental)
            return;
        await db.Database.ExecuteSqlAsync($"PRAGMA auto_vacuum = 2", cancel);
        if (new FileInfo(path) is { Exists: true, Length: > 0 and <= LargestToCheck })
            await db.Database.ExecuteSqlAsync($"VACUUM", cancel);
    }

    private static async Task<bool> IsCurrentAsync(ShortsDb db, string path, CancellationToken cancel)
    {
        var version = await SchemaVersion.ReadAsync(db, cancel);
        return version.IsNewer
            ? throw new DatabaseUnusableException(
                $"The database '{path}' was written by a newer ShortsDaemon (it knows '{version.Unknown}'). "
                    + "Start that version again, or restore a backup made by this one."
            )
            : version.IsCurrent;
    }

    // Said now, and not by everything that works every few seconds.
    private static Task<int> RequireUnlockedAsync(ShortsDb db, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"BEGIN IMMEDIATE; ROLLBACK", cancel);

    private static async Task MigrateAsync(ShortsDb db, CancellationToken cancel)
    {
        // A process killed while migrating leaves its lock row behind, and the next one would wait for ever. We hold the
        // instance lock, so nobody else can be migrating now.
        var isLeft = await db
            .Database.SqlQuery<int>($"select count(*) as Value from sqlite_master where name = '__EFMigrationsLock'")
            .SingleAsync(cancel);
        if (isLeft > 0)
            await db.Database.ExecuteSqlAsync($"delete from __EFMigrationsLock", cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(MigrationLimit);
        await db.Database.MigrateAsync(limit.Token);
    }

    /// <summary>That it is damaged, and what to do.</summary>
    public static string Damaged(string path, string finding) =>
        $"The database '{path}' is damaged ({finding}). Stop the daemon. Restore a backup: ShortsDaemon backup restore. "
        + "Moving the file away begins anew, but then what was posted before may be posted again.";

    /// <summary>What SQLite's refusal means, and what to do.</summary>
    public static string Explain(SqliteException e, string path) =>
        e.SqliteErrorCode switch
        {
            5 or 6 => $"The database '{path}' is locked by another process. Close whatever has it open.",
            8 => $"The database '{path}' cannot be written: check the owner and rights of the file and its folder.",
            10 => $"The disk of the database '{path}' fails ({e.Message}). Look into the system's log.",
            11 or 26 => Damaged(path, e.Message),
            13 => $"There is no room on the disk of the database '{path}'. Free some.",
            14 => $"The database '{path}' cannot be opened: check that its folder exists and may be written.",
            _ => $"The database '{path}' cannot be used: {e.Message}",
        };
}

/// <summary>The database cannot be used; the message tells why and what to do.</summary>
public sealed class DatabaseUnusableException(string message, Exception? inner = null) : Exception(message, inner);
