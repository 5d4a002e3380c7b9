using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Storage;

/// <summary>The job upkeep on a real file.</summary>
internal sealed class DatabaseUpkeepTests
{
    private static readonly TimeSpan Acceptable = TimeSpan.FromMilliseconds(250);

    private FlowWorld _world = null!;

    private UpkeepJob Job =>
        new(new DatabaseUpkeep(_world.Databases, TimeProvider.System), _world.Get<DatabaseDamage>());

    [SetUp]
    public void MakeWorld() => _world = new FlowWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task A_new_database_gives_free_pages_back_to_the_disk_while_others_write()
    {
        var shortest = TimeSpan.MaxValue;
        // The machine may have something else to do: the best of three tells what is due to the job.
        for (var round = 0; round < 3 && shortest > Acceptable; round++)
        {
            await FillAsync(megabytes: 40);
            await RunAsync("delete from Alerts");
            await RunAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            var before = Size();
            using var done = new CancellationTokenSource();
            var writer = Task.Run(() => WriteUntil(done.Token));

            var told = await Task.Run(() => Job.RunAsync(default));
            await done.CancelAsync();
            var (writes, longest) = await writer;

            Assert.That(Size(), Is.LessThan(before / 4));
            Assert.That(told, Does.Match(@"^the database is whole .* [1-9][0-9.]* MiB given back"));
            Assert.That(writes, Is.GreaterThan(20));
            Assert.That(Size("-wal"), Is.LessThan(1 << 20));
            shortest = longest < shortest ? longest : shortest;
        }
        Assert.That(shortest, Is.LessThan(Acceptable), "how long a writer waited");
    }

    [Test]
    public async Task A_damaged_page_stops_publishing_and_says_how_to_mend_it()
    {
        await FillAsync(megabytes: 1);
        await DamageAsync();

        Assert.That(
            async () => await Job.RunAsync(default),
            Throws.TypeOf<MaintenanceException>().With.Message.Contains("backup restore")
        );

        Assert.That(
            async () => await _world.Get<DatabaseDamage>().RequireWholeAsync(default),
            Throws.InstanceOf<UnavailableException>().With.Message.Contains("damaged")
        );
        await using var db = _world.Open();
        var alert = await db.Alerts.SingleAsync(a => a.Rule == "DatabaseDamaged");
        Assert.That((alert.Level, alert.ResolvedAt), Is.EqualTo((AlertLevel.Critical, (DateTimeOffset?)null)));
        Assert.That((await db.Holds.SingleAsync()).Scope, Is.EqualTo("database"));
    }

    [Test]
    public async Task A_damaged_database_ships_nothing_until_it_is_whole_again()
    {
        var item = await _world.AddAsync("a.mp4", "a", ItemState.Publish);
        await _world.Get<DatabaseDamage>().FoundAsync("it is damaged", default);

        await _world.Get<ItemWalk>().WalkAsync(item.Id, default);

        await using (var db = _world.Open())
        {
            var waiting = await db.Items.AsNoTracking().SingleAsync();
            Assert.That((waiting.State, waiting.Tries), Is.EqualTo((ItemState.Publish, 0)));
            Assert.That(waiting.Reason, Is.EqualTo("nothing is published: it is damaged"));
            Assert.That(await db.Publications.CountAsync(), Is.Zero);
        }
        await Job.RunAsync(default);
        await using var well = _world.Open();
        Assert.That(await well.Holds.CountAsync(), Is.Zero);
        Assert.That((await well.Alerts.SingleAsync()).ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task Rows_that_belong_to_nothing_are_damage_too()
    {
        await RunAsync(
            "PRAGMA foreign_keys = OFF; insert into Attempts (ItemId, Stage, StartedAt, EndedAt, Result) values (99, 'Render', '', '', 'Failed')"
        );
        Assert.That(
            async () => await Job.RunAsync(default),
            Throws.TypeOf<MaintenanceException>().With.Message.Contains("1 rows of Attempts belong to nothing")
        );
    }

    [Test]
    public async Task A_small_file_of_an_older_version_learns_to_shrink_at_the_start()
    {
        SqliteConnection.ClearAllPools();
        await RunAsync("PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = 0; VACUUM;");
        Assert.That(await RunAsync("PRAGMA auto_vacuum"), Is.EqualTo("0"));
        Assert.That(await Job.RunAsync(default), Does.Contain("cannot shrink"));

        await _world.Get<DatabaseStart>().PrepareAsync(default);

        Assert.That(await RunAsync("PRAGMA auto_vacuum"), Is.EqualTo("2"));
        Assert.That(await RunAsync("PRAGMA journal_mode"), Is.EqualTo("wal"));
    }

    private (int Writes, TimeSpan Longest) WriteUntil(CancellationToken done)
    {
        using var connection = Connection();
        var (writes, longest) = (0, TimeSpan.Zero);
        using var command = connection.CreateCommand();
        // As the daemon's own connections do; the driver alone would sleep for 150 ms at each meeting.
        command.CommandText = "PRAGMA busy_timeout = 5000";
        command.ExecuteNonQuery();
        command.CommandText =
            "insert into Breakers (Provider, State, Failures, Openings) values (hex(randomblob(8)), 'Closed', 0, 0)";
        while (!done.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            command.ExecuteNonQuery();
            var took = Stopwatch.GetElapsedTime(began);
            (writes, longest) = (writes + 1, took > longest ? took : longest);
            Thread.Sleep(1);
        }
        return (writes, longest);
    }

    private Task<string> FillAsync(int megabytes) =>
        RunAsync(
            $"""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {megabytes * 250})
            insert into Alerts (Rule, Subject, Level, Message, RaisedAt, ResolvedAt)
            select 'x', i, 'Warning', hex(randomblob(2000)), '2026-01-01', '2026-01-01' from n;
            """
        );

    private async Task DamageAsync()
    {
        // The page of an index of the history: what the note is written into stays usable.
        var page = long.Parse(
            await RunAsync("select rootpage from sqlite_master where name = 'IX_Runs_Channel_StartedAt'"),
            null
        );
        await RunAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
        await using var file = File.OpenWrite(_world.Database);
        file.Seek((page - 1) * 4096, SeekOrigin.Begin);
        await file.WriteAsync(Enumerable.Repeat((byte)0xAB, 4096).ToArray());
    }

    private long Size(string ending = "") =>
        new FileInfo(_world.Database + ending) is { Exists: true } f ? f.Length : 0;

    private SqliteConnection Connection()
    {
        var connection = new SqliteConnection(_world.ConnectionString + ";Pooling=false");
        connection.Open();
        return connection;
    }

    private async Task<string> RunAsync(string sql)
    {
        await using var connection = Connection();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(), null) ?? "";
    }
}
