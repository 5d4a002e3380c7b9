using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>A database, data directory or port that somebody else has, or that is not usable.</summary>
public sealed class DatabaseFaultTests : DaemonTests
{
    [Test]
    public async Task A_database_locked_for_a_while_holds_the_work_up_and_loses_nothing()
    {
        await Box.DropAsync("first.mp4", 1);
        await using var daemon = await Box.StartedAsync();
        await daemon.SaysAsync("Download of 'first'");

        await using (await LockAsync())
        {
            await Box.DropAsync("second.mp4", 2);
            await daemon.SaysAsync("The database cannot take", 60);
            await Poll.UntilAsync(
                () => daemon.Lines.Count(l => l.Contains("The database cannot take", StringComparison.Ordinal)) >= 2,
                "the item and the channel to wait",
                60,
                Box.Story
            );
        }

        var items = await Box.EndedAsync(2);
        Assert.That(items.Select(i => i.State), Is.All.EqualTo(ItemState.Published), Box.Story());
        Assert.That(Box.Shorts(), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_database_locked_at_the_start_is_waited_for_or_named()
    {
        await MakeDatabaseAsync();
        await using var held = await LockAsync();
        await using var daemon = Box.Start();

        var code = await daemon.EndAsync(60);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(daemon.Log, Does.Contain("is locked by another process").And.Not.Contains("   at "));
    }

    [TestCase(0, TestName = "A_database_damaged_at_its_start_is_named")]
    [TestCase(1, TestName = "A_database_damaged_in_the_middle_is_named")]
    public async Task Damaged(int where)
    {
        await MakeDatabaseAsync();
        await using (var file = new FileStream(Box.DatabaseFile, FileMode.Open))
        {
            file.Position = where * 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 16 * 4096).ToArray());
        }
        await using var daemon = Box.Start();

        Assert.That(await daemon.EndAsync(), Is.EqualTo(1), daemon.Log);
        Assert.That(daemon.Log, Does.Contain("is damaged").And.Contains("backup").And.Not.Contains("   at "));
    }

    [Test]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await MakeDatabaseAsync();
        await using (var db = Box.OpenDatabase(toWrite: true))
            await db.Database.ExecuteSqlAsync(
                $"insert into __EFMigrationsHistory values ('99990101000000_Future', '99')"
            );
        await using var daemon = Box.Start();

        Assert.That(await daemon.EndAsync(), Is.EqualTo(1));
        Assert.That(daemon.Log, Does.Contain("written by a newer ShortsDaemon").And.Not.Contains("   at "));
    }

    [Test]
    public async Task A_second_daemon_in_the_same_data_directory_is_refused_and_the_first_goes_on()
    {
        await using var first = await Box.StartedAsync();
        await using var second = Box.Start();

        Assert.That(await second.EndAsync(), Is.EqualTo(1));
        Assert.That(second.Log, Does.Contain($"Another ShortsDaemon works in '{Box.Data}'"));
        await Box.DropAsync("good.mp4", 1);
        await Box.EndedAsync(1);
    }

    [Test]
    public async Task A_port_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Box.Config["Daemon"]!["Urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        Box.Save();
        await using var daemon = Box.Start();

        Assert.That(await daemon.EndAsync(), Is.EqualTo(1), daemon.Log);
        Assert.That(daemon.Log, Does.Contain("Daemon:Urls").And.Contains($":{port}").And.Not.Contains("   at "));
    }

    private async Task MakeDatabaseAsync()
    {
        var daemon = await Box.StartedAsync();
        Assert.That(await daemon.StopAsync(), Is.Zero);
        Assert.That(Box.DatabaseFile + "-wal", Does.Not.Exist);
    }

    private async Task<ShortsDb> LockAsync()
    {
        var db = Box.OpenDatabase(toWrite: true);
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlAsync($"BEGIN EXCLUSIVE");
        return db;
    }
}
