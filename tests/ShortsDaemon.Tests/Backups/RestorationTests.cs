using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Backups;

/// <summary>Putting a backup back: what changes, what stays, and what a killed process leaves.</summary>
internal sealed class RestorationTests
{
    private BackupWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new BackupWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task The_database_is_as_it_was_the_replaced_one_is_kept_and_all_is_locked()
    {
        await _world.AddItemAsync("known");
        await _world.MakeAsync();
        var later = await _world.AddItemAsync("later");
        _world.Flow.Data.Of(later.Id).Create();

        var replaced = await _world.RestoreAsync();

        Assert.That(await _world.TitlesAsync(), Is.EqualTo(new[] { "known" }));
        await using (var old = new DatabaseAt(replaced!).CreateDbContext())
            Assert.That(await old.Items.Select(i => i.Title).ToListAsync(), Is.EqualTo(new[] { "known", "later" }));
        Assert.That(
            Directory.Exists(_world.Flow.Data.Work),
            Is.False,
            "another clip would find what was made of this one"
        );
        var hold = (await _world.Flow.Get<Holds>().ListAsync(default)).Single();
        Assert.That((hold.Scope, hold.Until), Is.EqualTo(("restore", (DateTimeOffset?)null)));
        Assert.That(Directory.GetFiles(_world.Flow.Data.Root, "*.restor*"), Is.Empty);
    }

    [Test]
    public async Task A_damaged_database_is_replaced_as_well()
    {
        await _world.AddItemAsync("known");
        await _world.MakeAsync();
        _world.Stop();
        await File.WriteAllTextAsync(_world.Flow.Database, new string('x', 9000));

        var replaced = await _world.RestoreAsync();

        Assert.That(await _world.TitlesAsync(), Is.EqualTo(new[] { "known" }));
        Assert.That(await File.ReadAllTextAsync(replaced!), Does.StartWith("xxx"));
    }

    [TestCase(false, TestName = "Killed_before_the_old_one_was_moved_away")]
    [TestCase(true, TestName = "Killed_after_the_old_one_was_moved_away")]
    public async Task Killed(bool isMoved)
    {
        await _world.AddItemAsync("known");
        var backup = await _world.MakeAsync();
        await _world.AddItemAsync("later");
        var database = _world.Flow.Database;
        // The log of the old one must never meet the new file.
        File.Copy(database, database + ".live");
        File.Copy(database + "-wal", database + ".live-wal");
        _world.Stop();
        File.Move(database + ".live-wal", database + "-wal", overwrite: true);
        File.Move(database + ".live", database, overwrite: true);
        File.Copy(backup.Database, database + ".restored");
        if (isMoved)
            File.Move(database, database + ".replaced-by-the-killed-one");

        await _world.Flow.Get<DatabaseStart>().PrepareAsync(default);

        Assert.That(await _world.TitlesAsync(), Is.EqualTo(new[] { "known" }));
        Assert.That(Directory.GetFiles(_world.Flow.Data.Root, "shorts.db.replaced-*-wal"), Has.Length.EqualTo(1));
        Assert.That(Directory.GetFiles(_world.Flow.Data.Root, "shorts.db.restor*"), Is.Empty);
    }

    [Test]
    public async Task A_bad_backup_changes_nothing()
    {
        await _world.AddItemAsync("known");
        var backup = await _world.MakeAsync();
        await File.WriteAllTextAsync(backup.Database, "damaged");

        Assert.That(() => _world.RestoreAsync(backup.Name), Throws.TypeOf<BackupException>());
        Assert.That(() => _world.RestoreAsync("shorts-nowhere"), Throws.TypeOf<BackupException>());

        Assert.That(await _world.TitlesAsync(), Is.EqualTo(new[] { "known" }));
        Assert.That(Directory.GetFiles(_world.Flow.Data.Root, "*.replaced-*"), Is.Empty);
    }

    [Test]
    public async Task Credentials_come_back_only_with_their_passphrase_and_only_when_asked()
    {
        var login = await PrepareCredentialsAsync();
        var backup = await _world.MakeAsync();
        Assert.That(await File.ReadAllTextAsync(backup.Credentials), Does.Not.Contain("planted"));
        await File.WriteAllTextAsync(login, "newer");

        await _world.RestoreAsync();
        Assert.That(await File.ReadAllTextAsync(login), Is.EqualTo("newer"), "not asked for");

        var written = await _world.Restoration.RestoreCredentialsAsync(backup, default);
        Assert.That(written, Is.EqualTo(new[] { "youtube-main.json" }));
        Assert.That(await File.ReadAllTextAsync(login), Is.EqualTo("planted"));
        Assert.That(File.GetUnixFileMode(login), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(
            await File.ReadAllTextAsync(Directory.GetFiles(_world.Credentials, "*.replaced-*").Single()),
            Is.EqualTo("newer")
        );

        await File.WriteAllTextAsync(_world.Flow.Live.Value.Backup.PassphraseFile, "another passphrase");
        Assert.That(
            () => _world.Restoration.RequireCredentialsAsync(backup, default),
            Throws.TypeOf<BackupException>().With.Message.Contains("not the passphrase")
        );
    }

    [TestCase("short", 0b110_000_000, "fewer than 12 characters")]
    [TestCase("long enough for all", 0b110_100_100, "chmod 600")]
    public async Task A_bad_passphrase_file_makes_no_backup(string passphrase, int mode, string words)
    {
        await PrepareCredentialsAsync();
        var file = _world.Flow.Live.Value.Backup.PassphraseFile;
        await File.WriteAllTextAsync(file, passphrase);
        File.SetUnixFileMode(file, (UnixFileMode)mode);

        Assert.That(() => _world.MakeAsync(), Throws.TypeOf<BackupException>().With.Message.Contains(words));
        Assert.That(_world.Restoration.List(), Is.Empty);
    }

    private async Task<string> PrepareCredentialsAsync()
    {
        Directory.CreateDirectory(_world.Credentials);
        var (login, passphrase) = (
            Path.Combine(_world.Credentials, "youtube-main.json"),
            Path.Combine(_world.Credentials, "passphrase")
        );
        await File.WriteAllTextAsync(login, "planted");
        await File.WriteAllTextAsync(passphrase, "a good long passphrase\n");
        File.SetUnixFileMode(passphrase, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _world.Configure(new() { Directory = _world.Shelf, PassphraseFile = passphrase });
        return login;
    }
}
