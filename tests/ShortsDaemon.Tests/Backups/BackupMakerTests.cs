using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Backups;

internal sealed class BackupMakerTests
{
    private BackupWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new BackupWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task A_backup_has_what_the_database_had_and_says_so()
    {
        await _world.AddItemAsync("one");
        await _world.AddItemAsync("two");

        var backup = await _world.MakeAsync();

        await _world.AddItemAsync("three");
        Assert.That(
            (await Restoration.VerifyAsync(_world.Restoration.Find(null), default)).Name,
            Is.EqualTo(backup.Name)
        );
        Assert.That(backup.Manifest!.Rows["Items"], Is.EqualTo(2));
        Assert.That(
            Directory.GetFiles(backup.Folder).Select(Path.GetFileName),
            Is.EquivalentTo(["shorts.db", "manifest.json"])
        );
        await using var copy = new DatabaseAt(backup.Database).CreateDbContext();
        Assert.That(await copy.Items.Select(i => i.Title).ToListAsync(), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(File.GetUnixFileMode(backup.Folder) & (UnixFileMode)0b000_111_111, Is.EqualTo(UnixFileMode.None));
    }

    [Test]
    public async Task While_others_write_it_is_one_moment_and_nobody_waits()
    {
        await _world.AddItemAsync("first");
        using var stop = new CancellationTokenSource();
        using var wrote = new SemaphoreSlim(0);
        var longest = TimeSpan.Zero;
        var writing = Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var began = TimeProvider.System.GetTimestamp();
                await using var db = _world.Flow.Open();
                await using var both = await db.Database.BeginTransactionAsync();
                db.Runs.Add(NewRun(n));
                await db.SaveChangesAsync();
                db.Runs.Add(NewRun(n));
                await db.SaveChangesAsync();
                await both.CommitAsync();
                var took = TimeProvider.System.GetElapsedTime(began);
                longest = took > longest ? took : longest;
                wrote.Release();
            }
        });

        List<Backup> made = [];
        for (var i = 0; i < 5; i++)
        {
            await wrote.WaitAsync();
            _world.Flow.Clock.Advance(TimeSpan.FromSeconds(1));
            made.Add(await _world.MakeAsync());
        }
        await stop.CancelAsync();
        await writing;

        foreach (var backup in made)
        {
            Assert.That(backup.Manifest!.Rows["Runs"] % 2, Is.Zero, "half a transaction");
            // Of one day only the newest is kept.
            if (backup == made[^1])
                await Restoration.VerifyAsync(backup, default);
        }
        Assert.That(made[^1].Manifest!.Rows["Runs"], Is.GreaterThan(made[0].Manifest!.Rows["Runs"]));
        Assert.That(longest, Is.LessThan(TimeSpan.FromSeconds(5)), "no writer ran into the time limit");
    }

    [Test]
    public async Task Of_each_day_one_stays_and_a_damaged_one_is_left_for_a_person()
    {
        var first = await _world.MakeAsync();
        _world.Flow.Clock.Advance(TimeSpan.FromHours(1));
        var second = await _world.MakeAsync();
        Assert.That(
            _world.Restoration.List().Select(b => b.Name),
            Is.EqualTo(new[] { second.Name }),
            "not " + first.Name
        );
        await File.WriteAllTextAsync(second.Database, "foreign");
        _world.Flow.Clock.Advance(TimeSpan.FromHours(1));

        var third = await _world.MakeAsync();

        Assert.That(_world.Restoration.List().Select(b => b.Name), Is.EqualTo(new[] { third.Name, second.Name }));
        Assert.That(_world.Restoration.List()[1].Problem, Does.Contain("bytes instead of"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_large_one_goes_in_pieces_and_is_no_backup_from_the_first_on(CancellationToken limit)
    {
        await _world.AddItemAsync(new string('x', 40 << 20));
        var first = await _world.MakeAsync();
        var size = new FileInfo(first.Database).Length;
        _world.Flow.Clock.Advance(TimeSpan.FromHours(1));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit);
        var second = _world.Maker.MakeAsync(stop.Token);
        while (_world.Flow.Clock.WaitingTimers == 0)
            await Task.Delay(5, limit);

        var going = Directory.GetFiles(
            _world.Shelf,
            "shorts.db",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }
        );
        Assert.That(going.Min(path => new FileInfo(path).Length), Is.LessThan(size));
        Assert.That(_world.Restoration.List(), Has.Count.EqualTo(1), "the new one counts, the old one no more");
        await stop.CancelAsync();
        Assert.That(() => second, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_world.Restoration.List().Single().Problem, Is.Null);

        Assert.That(await NextAsync(limit), Is.Not.EqualTo(first.Name));
        Assert.That(Directory.GetDirectories(_world.Shelf), Has.Length.EqualTo(1), "nor is anything left of it");
    }

    private async Task<string> NextAsync(CancellationToken limit)
    {
        _world.Flow.Clock.Advance(TimeSpan.FromHours(1));
        var next = _world.Maker.MakeAsync(limit);
        while (!next.IsCompleted)
        {
            if (_world.Flow.Clock.WaitingTimers > 0)
                _world.Flow.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, limit);
        }
        return (await next).Backup.Name;
    }

    [Test]
    public async Task What_a_killed_process_left_is_no_backup_and_goes_away()
    {
        var left = Directory.CreateDirectory(Path.Combine(_world.Shelf, ".shorts-20260101T000000Z.part"));
        await File.WriteAllTextAsync(Path.Combine(left.FullName, "shorts.db"), "half");
        Assert.That(_world.Restoration.List(), Is.Empty);

        await _world.MakeAsync();

        Assert.That(Directory.GetDirectories(_world.Shelf), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_damaged_database_makes_no_backup_and_removes_none()
    {
        for (var i = 0; i < 200; i++)
            await _world.AddItemAsync($"clip {i}");
        var good = await _world.MakeAsync();
        _world.Stop();
        BackupWorld.Execute(_world.Flow.Database, "PRAGMA wal_checkpoint(truncate)");
        await using (var file = File.OpenWrite(_world.Flow.Database))
        {
            file.Position = file.Length / 4096 / 2 * 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 40 * 4096).ToArray());
        }
        _world.Flow.Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(() => _world.MakeAsync(), Throws.TypeOf<BackupException>().With.Message.Contains("damaged"));

        Assert.That(Directory.GetDirectories(_world.Shelf), Is.EqualTo(new[] { good.Folder }));
    }

    [Test]
    public void A_directory_that_is_not_there_is_not_made_elsewhere_than_in_the_data()
    {
        var missing = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        _world.Configure(new() { Directory = missing });

        Assert.That(
            () => _world.MakeAsync(),
            Throws.TypeOf<BackupException>().With.Message.Contains($"mkdir -p '{missing}'")
        );
        Assert.That(Directory.Exists(missing), Is.False);
    }

    [Test]
    public async Task Two_at_once_take_turns_by_refusing()
    {
        using (BackupShelf.Enter(_world.Flow.Live.Value.Backup, _world.Flow.Data))
            Assert.That(
                () => _world.MakeAsync(),
                Throws.TypeOf<BackupException>().With.Message.Contains("another backup is being made")
            );
        await _world.MakeAsync();
    }

    [Test]
    public async Task The_job_says_what_it_did_and_warns_of_the_same_disk()
    {
        await _world.AddItemAsync("one");
        var job = _world.Flow.Get<ShortsDaemon.Host.Jobs.Maintenance.MaintenanceCatalog>().Find("backup")!;

        var said = await job.RunAsync(default);

        Assert.That(said, Does.StartWith("Made and verified '").And.Contain("same disk as the data"));
        Assert.That(said, Does.Contain("without credentials"));
    }

    private Run NewRun(int n) =>
        new()
        {
            Channel = "inbox",
            StartedAt = _world.Flow.Clock.GetUtcNow(),
            Found = n,
        };
}
