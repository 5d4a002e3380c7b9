using System.Text.Json;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using ShortsDaemon.Host;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Commands;

/// <summary>`backup` as a person uses it, and on disks that fail.</summary>
public sealed class BackupCommandTests
{
    private Sandbox _box = null!;

    [SetUp]
    public void MakeBox() => _box = new Sandbox();

    [TearDown]
    public void CleanUp() => _box.Dispose();

    [Test]
    public async Task Made_beside_a_daemon_listed_and_restored_without_one()
    {
        await _box.MakeDatabaseAsync();
        using (InstanceLock.TryTake(new DataFolder(_box.Data)))
        {
            var made = await _box.RunAsync("backup", "create");
            Assert.That(made.ExitCode, Is.Zero, made.Errors);
            Assert.That(made.Output, Does.Contain("Made and verified"));
            var refused = await _box.RunAsync("backup", "restore", "--yes");
            Assert.That(refused.ExitCode, Is.EqualTo(1));
            Assert.That(refused.Errors, Does.Contain("Another ShortsDaemon works"));
        }
        await _box.ExecuteAsync("delete from Items where Title = 'match lost'");

        var listed = await _box.RunAsync("backup", "list", "--json");
        var line = JsonDocument.Parse(listed.Output).RootElement[0];
        Assert.That(line.GetProperty("problem").ValueKind, Is.EqualTo(JsonValueKind.Null));
        var unasked = await _box.RunAsync("backup", "restore");
        Assert.That((unasked.ExitCode, unasked.Errors), Is.EqualTo((1, "Not restored. Without a terminal say --yes.")));
        var restored = await _box.RunAsync("backup", "restore", line.GetProperty("name").GetString()!, "--yes");
        Assert.That(restored.ExitCode, Is.Zero, restored.Errors);
        Assert.That(restored.Output, Does.Contain("shorts.db.replaced-").And.Contain("Nothing is published until"));

        using var connection = _box.Connect();
        Assert.That(DatabaseFactsOf(connection), Is.EqualTo((2, 1)), "items and holds");
    }

    [Test]
    public async Task A_full_disk_fails_the_backup_and_keeps_those_that_are_there()
    {
        await FillAsync();
        var disk = Directory.CreateDirectory(Path.Combine(_box.Root, "disk")).FullName;
        await using var mount = await Mount.TryAsync(disk, "-t", "tmpfs", "-o", "size=12m", "tmpfs");
        var maker = MakerFor(disk);
        var good = (await maker.MakeAsync(default)).Backup;

        var refused = Assert.ThrowsAsync<BackupException>(async () =>
        {
            for (var i = 0; i < 20; i++)
                await maker.MakeAsync(default);
        });

        Assert.That(refused.Message, Does.Contain(disk).And.Contain("Free some"));
        Assert.That(Directory.GetDirectories(disk), Has.None.Contains(".part"));
        await Restoration.VerifyAsync(good, default);
    }

    [Test]
    public async Task A_disk_that_became_read_only_fails_the_backup_in_words()
    {
        await _box.MakeDatabaseAsync();
        var disk = Directory.CreateDirectory(Path.Combine(_box.Root, "disk")).FullName;
        await using var mount = await Mount.TryAsync(disk, "-t", "tmpfs", "tmpfs");
        var made = await MakerFor(disk).MakeAsync(default);
        Assert.That(made.IsOnSameDisk, Is.False);
        await mount.AgainAsync("remount,ro");

        var refused = Assert.ThrowsAsync<BackupException>(() => MakerFor(disk).MakeAsync(default));

        Assert.That(refused.Message, Does.Contain(disk).And.Contain("mounted"));
        await Restoration.VerifyAsync(made.Backup, default);
    }

    private static (long Items, long Holds) DatabaseFactsOf(SqliteConnection connection)
    {
        connection.Open();
        var rows = DatabaseFacts.Read(connection).Rows;
        return (rows["Items"], rows["Holds"]);
    }

    private async Task FillAsync()
    {
        await _box.MakeDatabaseAsync();
        await _box.ExecuteAsync(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) "
                + "insert into Alerts (Rule, Subject, Level, Message, RaisedAt) "
                + "select 'Test', 'subject ' || i, 'Warning', hex(randomblob(300)), '2026-01-01 00:00:00' from n"
        );
    }

    private BackupMaker MakerFor(string folder) =>
        new(
            new LiveOptions(
                new ShortsOptions
                {
                    Daemon = new() { DataDirectory = _box.Data },
                    Storage = new() { ConnectionString = $"Data Source={_box.Database}" },
                    Backup = new() { Directory = folder, KeepDaily = 1000 },
                }
            ),
            new DataFolder(_box.Data),
            new OnePerDay()
        );

    // So that none has had its time.
    private sealed class OnePerDay : TimeProvider
    {
        private int _days;

        public override DateTimeOffset GetUtcNow() =>
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(_days++);
    }
}
