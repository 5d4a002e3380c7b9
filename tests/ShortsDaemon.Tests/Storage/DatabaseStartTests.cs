using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Storage;

internal sealed class DatabaseStartTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void CleanUp()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Test]
    public async Task A_new_database_in_a_new_folder()
    {
        await PrepareAsync("new/folder/shorts.db");
        await using var db = Open("new/folder/shorts.db");
        Assert.That(await db.Database.GetPendingMigrationsAsync(), Is.Empty);
        Assert.That(db.Database.HasPendingModelChanges(), Is.False);
        Assert.That(await ScalarAsync(db, "PRAGMA journal_mode"), Is.EqualTo("wal"));
        Assert.That(await ScalarAsync(db, "PRAGMA foreign_keys"), Is.EqualTo("1"));
        Assert.That(await ScalarAsync(db, "PRAGMA synchronous"), Is.EqualTo("2"));
    }

    [Test]
    public async Task An_empty_file_is_filled_and_twice_is_once()
    {
        _folder.Write("shorts.db", "");
        await PrepareAsync();
        await PrepareAsync();
        await using var db = Open();
        Assert.That(await db.Items.CountAsync(), Is.Zero);
        Assert.That(await ScalarAsync(db, "PRAGMA journal_mode"), Is.EqualTo("wal"));
    }

    [Test]
    public async Task A_restored_backup_gets_its_write_ahead_log_back()
    {
        await PrepareAsync("old.db");
        await using (var db = Open("old.db"))
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {_folder["shorts.db"]}");
        await PrepareAsync();
        await using var restored = Open();
        Assert.That(await ScalarAsync(restored, "PRAGMA journal_mode"), Is.EqualTo("wal"));
    }

    [Test]
    public void A_file_that_is_no_database_is_named_with_what_to_do()
    {
        _folder.Write("shorts.db", new string('x', 10_000));
        Assert.That(
            Refusal(),
            Does.Contain(_folder["shorts.db"]).And.Contain("damaged").And.Contain("Restore a backup")
        );
    }

    [Test]
    public async Task A_damaged_database_is_named_with_what_to_do()
    {
        await PrepareAsync();
        SqliteConnection.ClearAllPools();
        await using (var file = File.OpenWrite(_folder["shorts.db"]))
        {
            file.Position = 100;
            await file.WriteAsync(new byte[8000]);
        }
        Assert.That(Refusal(), Does.Contain("damaged"));
    }

    [Test]
    public async Task A_newer_database_is_not_touched()
    {
        await PrepareAsync();
        await using (var db = Open())
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO __EFMigrationsHistory VALUES ('20991231000000_Future', '99.0')"
            );
        Assert.That(Refusal(), Does.Contain("newer ShortsDaemon").And.Contain("20991231000000_Future"));
    }

    [Test]
    public async Task A_locked_database_says_so()
    {
        await using var other = new SqliteConnection($"Data Source={_folder["shorts.db"]};Pooling=False");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "CREATE TABLE other (x); BEGIN IMMEDIATE; INSERT INTO other VALUES (1);";
        await command.ExecuteNonQueryAsync();
        Assert.That(Refusal("Data Source={0};Default Timeout=1"), Does.Contain("locked by another process"));
    }

    [Test]
    public void A_folder_that_cannot_be_made_says_so()
    {
        _folder.Write("file", "x");
        Assert.That(Refusal(name: "file/below/shorts.db"), Does.Contain(_folder["file/below/shorts.db"]));
    }

    [Test]
    public async Task A_migration_lock_left_by_a_killed_process_is_taken_away()
    {
        await PrepareAsync();
        await using (var db = Open())
        {
            await db.Database.ExecuteSqlRawAsync(
                """CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL)"""
            );
            await db.Database.ExecuteSqlRawAsync(
                """INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00')"""
            );
        }
        var start = PrepareAsync();
        Assert.That(await Task.WhenAny(start, Task.Delay(TimeSpan.FromSeconds(20))), Is.SameAs(start));
        await start;
    }

    private string Refusal(string connection = "Data Source={0}", string name = "shorts.db") =>
        Assert.ThrowsAsync<DatabaseUnusableException>(() => PrepareAsync(name, connection))!.Message;

    private Task PrepareAsync(string name = "shorts.db", string connection = "Data Source={0}") =>
        new DatabaseStart(new Factory(() => Open(name, connection))).PrepareAsync(CancellationToken.None);

    private ShortsDb Open(string name = "shorts.db", string connection = "Data Source={0}")
    {
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseShorts(string.Format(null, connection, _folder[name]));
        if (connection.Contains("Timeout", StringComparison.Ordinal))
            options.UseSqlite(sqlite => sqlite.CommandTimeout(1));
        return new ShortsDb(options.Options);
    }

    private static async Task<string?> ScalarAsync(ShortsDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    private sealed class Factory(Func<ShortsDb> open) : IDbContextFactory<ShortsDb>
    {
        public ShortsDb CreateDbContext() => open();
    }
}
