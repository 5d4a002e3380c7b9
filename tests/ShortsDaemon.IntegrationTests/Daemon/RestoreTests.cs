using NUnit.Framework;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>The disaster: killed, the database lost, restored from a backup that is older than the last Short.</summary>
public sealed class RestoreTests : DaemonTests
{
    [Test]
    public async Task After_a_restore_the_daemon_finds_what_it_has_forgotten_and_lays_nothing_twice()
    {
        await Box.DropAsync("before.mp4", 1);
        await using (var daemon = await Box.StartedAsync())
        {
            await Box.EndedAsync(1);
            await new BackupMaker(new(Options), new DataFolder(Box.Data), TimeProvider.System).MakeAsync(default);
            await Box.DropAsync("after.mp4", 2);
            await Box.EndedAsync(2);
            daemon.Send(Signals.Kill);
            await daemon.EndAsync();
        }
        var shorts = Box.Shorts();
        var written = shorts.ToDictionary(path => path, File.GetLastWriteTimeUtc);
        await File.WriteAllTextAsync(Box.DatabaseFile, "lost");

        await RunAsync("backup", "restore", "--yes");
        Assert.That(Box.Items(), Has.Count.EqualTo(1));
        await using var again = await Box.StartedAsync();
        var items = await Box.EndedAsync(2);

        Assert.That(items.Select(i => i.State), Is.All.EqualTo(ItemState.Published), Box.Story());
        Assert.That(Box.Shorts(), Is.EquivalentTo(shorts));
        Assert.That(Box.Shorts().ToDictionary(path => path, File.GetLastWriteTimeUtc), Is.EqualTo(written));
        await using var db = Box.OpenDatabase();
        Assert.That(db.Holds, Is.Empty);
        Assert.That(db.Restores.Single().SettledAt, Is.Not.Null);
    }

    private ShortsOptions Options =>
        new()
        {
            Storage = new() { ConnectionString = $"Data Source={Box.DatabaseFile}" },
            Backup = new() { Directory = Path.Combine(Box.Data, "backups") },
        };

    private async Task RunAsync(params string[] command)
    {
        await using var process = Box.Start(command);
        Assert.That(await process.EndAsync(), Is.Zero, process.Log);
    }
}
