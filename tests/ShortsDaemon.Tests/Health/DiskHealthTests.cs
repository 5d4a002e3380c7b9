using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Tests.Health;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DiskHealthTests : IDisposable
{
    private readonly HealthSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Test]
    public async Task Room_everywhere_is_healthy_and_every_place_is_measured()
    {
        var health = await AskAsync(warnPercent: 0, minimumMiB: 0);

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        foreach (var place in (string[])["data", "work", "inbox/Folder", "inbox/second"])
        {
            Assert.That(health.Data[place + ".freeMiB"], Is.InstanceOf<double>().And.Positive, place);
            Assert.That(health.Data[place + ".freePercent"], Is.InRange(0, 100), place);
        }
        Assert.That(health.Data, Does.Not.ContainKey("off/Folder.freeMiB"));
    }

    [Test]
    public async Task Less_than_the_percentage_is_degraded()
    {
        var health = await AskAsync(warnPercent: 100, minimumMiB: 0);

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(health.Description, Does.Match("^Only [0-9.]+ % of the disk are free, at least 100 % .*Make room"));
    }

    [Test]
    public async Task Less_than_the_minimum_is_unhealthy_and_said_once_for_each_disk()
    {
        var health = await AskAsync(warnPercent: 100, minimumMiB: 1e9);

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(
            health.Description,
            Does.Match("^Only [0-9]+ MiB are free, no new work starts below 1000000000 MiB")
        );
        Assert.That(health.Description!.Split("MiB are free"), Has.Length.LessThan(5));
    }

    private Task<HealthCheckResult> AskAsync(double warnPercent, double minimumMiB, ReadRoom? read = null)
    {
        var options = new ShortsOptions
        {
            Health = new HealthOptions { DiskWarnPercent = warnPercent, DiskMinimumMiB = minimumMiB },
        };
        options.Channels["inbox"] = new ChannelOptions
        {
            Destinations = [Folder(null, "outbox"), Folder("second", "not/yet/made")],
        };
        options.Channels["off"] = new ChannelOptions { Enabled = false, Destinations = [Folder(null, "off")] };
        var live = new LiveOptions(options);
        var databases = _sandbox.Databases();
        var alerts = new Alerts(databases, _sandbox.Clock, NullLogger<Alerts>.Instance);
        var watch = new DiskWatch(read ?? DiskRoom.Of, live, _sandbox.Data, databases, alerts, _sandbox.Clock);
        return HealthSandbox.AskAsync(new DiskHealth(live, _sandbox.Data, read ?? DiskRoom.Of, watch));
    }

    [Test]
    public async Task A_disk_on_which_no_more_files_fit_is_unhealthy()
    {
        var health = await AskAsync(0, 1, folder => new DiskRoom(folder, 1L << 40, 1L << 41, FreeInodes: 12));

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Does.StartWith("Only 12 more files fit (inodes)"));
        Assert.That(health.Data["work.freeInodes"], Is.EqualTo(12));
    }

    private FolderDestinationOptions Folder(string? name, string path) =>
        new()
        {
            Type = "Folder",
            Name = name,
            Path = Path.Combine(_sandbox.Data.Root, path),
        };
}
