using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>A full disk stops the work, not the daemon; with room again everything is finished.</summary>
public sealed class DiskFaultTests : DaemonTests
{
    [Test]
    public async Task A_disk_that_fills_up_under_an_encode_costs_nothing_but_time()
    {
        Directory.CreateDirectory(Box.Work);
        await using var mount = await Mount.TryAsync(Box.Work, "-t", "tmpfs", "-o", "size=256m", "tmpfs");
        await using var daemon = await StartedAsync();
        await Box.EncodesAsync();
        var filler = await FillAsync(Box.Work);

        await Box.WaitsAsync(ItemState.Render, "no space left");
        File.Delete(filler);

        await FinishesAsync(daemon);
    }

    [Test]
    public async Task An_encode_is_stopped_before_the_disk_is_full_and_that_costs_no_attempt()
    {
        Directory.CreateDirectory(Box.Work);
        await using var mount = await Mount.TryAsync(Box.Work, "-t", "tmpfs", "-o", "size=256m", "tmpfs");
        await using var daemon = await StartedAsync(keepFreeMiB: 100);
        await Box.EncodesAsync();
        var filler = Path.Combine(Box.Work, "filler");
        await FillAsync(filler, leaveMiB: 16);

        await daemon.SaysAsync("stopped, because only", 60);
        await Box.WaitsAsync(ItemState.Render, "from 120 MiB on");
        Assert.That(Box.Encodes(), Is.Zero);
        Assert.That(Box.Items().Single().Tries, Is.Zero);
        File.Delete(filler);

        await FinishesAsync(daemon);
    }

    [Test]
    public async Task A_disk_that_is_full_for_the_database_too_costs_nothing_but_time()
    {
        await using var mount = await Mount.TryAsync(Box.Data, "-t", "tmpfs", "-o", "size=288m", "tmpfs");
        await using var daemon = await StartedAsync();
        await daemon.SaysAsync("Download of");
        var filler = await FillAsync(Box.Data);

        await Poll.UntilAsync(
            () =>
            {
                TopUp(filler); // what others delete gives room again
                return daemon.Log.Contains("database or disk is full", StringComparison.Ordinal);
            },
            "a full database",
            60,
            () => daemon.Log
        );
        Assert.That(daemon.HasExited, Is.False, daemon.Log);
        File.Delete(filler);

        await FinishesAsync(daemon);
    }

    [Test]
    public async Task A_full_disk_of_the_logs_stops_no_work_and_health_tells_it()
    {
        var logs = Directory.CreateDirectory(Path.Combine(Box.Data, "logs")).FullName;
        await using var mount = await Mount.TryAsync(logs, "-t", "tmpfs", "-o", "size=1m", "tmpfs");
        await FillAsync(logs);
        await Box.DropAsync("good.mp4", 1);
        await using var daemon = await Box.StartedAsync();

        Assert.That((await Box.EndedAsync(1)).Single().State, Is.EqualTo(ItemState.Published), Box.Story());

        using var http = new HttpClient();
        var health = JsonNode.Parse(await http.GetStringAsync(new Uri(HealthOf(daemon))))!;
        Assert.That((string?)health["entries"]!["disk"]!["status"], Is.EqualTo("Degraded"));
        Assert.That((string?)health["entries"]!["disk"]!["description"], Does.Contain("0 MiB are free for logs"));
        Assert.That(await daemon.StopAsync(), Is.Zero, daemon.Log);
    }

    [Test]
    public async Task Work_does_not_start_below_the_mark()
    {
        await using var mount = await Mount.TryAsync(Box.Data, "-t", "tmpfs", "-o", "size=64m", "tmpfs");
        Box.Config["Health"]!["DiskMinimumMiB"] = 200;
        Box.Save();
        await Box.DropAsync("good.mp4", 1);
        await using var daemon = await Box.StartedAsync();
        await Box.WaitsAsync(ItemState.Download, "DiskMinimumMiB");

        Box.Config["Health"]!["DiskMinimumMiB"] = 10;
        Box.Save();

        Assert.That((await Box.EndedAsync(1)).Single().State, Is.EqualTo(ItemState.Published), Box.Story());
    }

    private async Task<DaemonProcess> StartedAsync(double keepFreeMiB = 0)
    {
        // With 0 there is no guard that keeps work from starting on a nearly full disk.
        Box.Config["Health"]!["DiskMinimumMiB"] = keepFreeMiB;
        Box.Save();
        await Sandbox.LayAsync(Path.Combine(Box.Inbox, "long.mp4"), await Recordings.LongAsync(1));
        return await Box.StartedAsync();
    }

    private async Task FinishesAsync(DaemonProcess daemon)
    {
        Assert.That((await Box.EndedAsync(1, 120)).Single().State, Is.EqualTo(ItemState.Published), Box.Story());
        Assert.That(await daemon.StopAsync(), Is.Zero, daemon.Log);
        Box.AssertTidy();
    }

    private static string HealthOf(DaemonProcess daemon) =>
        Regex
            .Match(daemon.Log, @"health at (?<address>\S+)", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Groups["address"]
            .Value;

    private static async Task FillAsync(string path, int leaveMiB)
    {
        var room = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace - leaveMiB * (1L << 20);
        await using var filler = File.Create(path);
        await filler.WriteAsync(new byte[room]);
    }

    private static void TopUp(string filler)
    {
        using var more = new FileStream(filler, FileMode.Append, FileAccess.Write, FileShare.Read, 1);
        try
        {
            while (true)
                more.Write(new byte[512]);
        }
        catch (IOException)
        {
            return;
        }
    }

    private static async Task<string> FillAsync(string folder)
    {
        var path = Path.Combine(folder, "filler");
        await using var filler = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        foreach (var size in (int[])[1 << 20, 4096, 1])
        {
            var bytes = new byte[size];
            try
            {
                while (true)
                    await filler.WriteAsync(bytes);
            }
            catch (IOException)
            {
                continue; // full, as far as pieces of this size go
            }
        }
        return path;
    }
}
