using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Disk;

/// <summary>A disk of 100 GiB of which work wants 1 GiB to stay free, and outboxes on the same or another one.</summary>
internal sealed class DiskWatchTests
{
    private const long GiB = 1L << 30;

    private FlowWorld _world = null!;
    private Func<string, DiskRoom> _read = null!;

    private DiskWatch Watch => _world.Get<DiskWatch>();

    [SetUp]
    public void MakeWorld()
    {
        Free(50);
        _world = new FlowWorld(change: services => services.AddSingleton<ReadRoom>(folder => _read(folder)));
        _world.Edit(health: new() { DiskMinimumMiB = 1024, DiskWarnPercent = 10 });
    }

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task Little_room_is_told_once_for_a_disk_and_again_when_it_is_well()
    {
        await LookAsync(free: 50);
        Assert.That(await AlertsAsync(), Is.Empty);
        await LookAsync(free: 9);
        await LookAsync(free: 10.5);
        var alert = (await AlertsAsync()).Single();
        Assert.That(
            (alert.Rule, alert.Level, alert.ResolvedAt is null),
            Is.EqualTo(("DiskLow", AlertLevel.Warning, true))
        );
        Assert.That(alert.Message, Does.StartWith("9216 MiB (9.0 %) are free at").And.Contain("ShortsDaemon prune"));
        await LookAsync(free: 12.5);
        Assert.That((await AlertsAsync()).Single().ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task That_work_has_paused_is_critical_and_ends_when_it_goes_on()
    {
        await LookAsync(free: 0.9);
        await LookAsync(free: 1.1);
        var open = (await AlertsAsync()).Where(a => a.ResolvedAt is null).ToDictionary(a => a.Rule);
        Assert.That(open.Keys, Is.EquivalentTo(new[] { "DiskLow", "DiskFull" }));
        Assert.That(open["DiskFull"].Level, Is.EqualTo(AlertLevel.Critical));
        Assert.That(open["DiskFull"].Message, Does.Contain("New work has paused: only 922 MiB are free"));
        await LookAsync(free: 1.3);
        Assert.That((await AlertsAsync()).Single(a => a.Rule == "DiskFull").ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task Each_disk_speaks_for_itself()
    {
        _read = folder => new DiskRoom(
            folder,
            (folder == _world.Outbox ? 5 : 50) * GiB,
            100 * GiB,
            Disk: folder == _world.Outbox ? "b" : "a"
        );
        await Watch.LookAsync(default);
        Assert.That((await AlertsAsync()).Single().Subject, Is.EqualTo("inbox/Folder"));
    }

    /// <summary>Work does not need the disk of the backups: it gets short, but nothing pauses.</summary>
    [Test]
    public async Task A_full_disk_of_the_backups_pauses_nothing()
    {
        var backups = Directory.CreateDirectory(_world.Live.Value.Backup.Directory).FullName;
        _read = folder => new DiskRoom(
            folder,
            folder == backups ? 0 : 50 * GiB,
            100 * GiB,
            Disk: folder == backups ? "b" : "a"
        );
        await Watch.LookAsync(default);
        var alert = (await AlertsAsync()).Single();
        Assert.That((alert.Rule, alert.Subject), Is.EqualTo(("DiskLow", "backups")));
        Directory.Delete(backups);
        await Watch.LookAsync(default);
        Assert.That(
            (await AlertsAsync()).Single().Subject,
            Is.EqualTo("backups"),
            "nothing is known of a disk that is away"
        );
    }

    [Test]
    public async Task An_alert_of_an_earlier_process_ends_too()
    {
        await LookAsync(free: 5);
        _world.Restart();
        await LookAsync(free: 50);
        Assert.That((await AlertsAsync()).Single().ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task A_disk_that_fills_up_is_told_a_day_ahead_from_few_samples()
    {
        // Two GiB an hour, from 40 down to 29, which last 14 hours more.
        for (var quarter = 0; quarter <= 22; quarter++)
        {
            await LookAsync(free: 40 - quarter / 2.0);
            _world.Clock.Advance(TimeSpan.FromMinutes(15));
        }
        Assert.That(Watch.HoursLeft("work"), Is.EqualTo(14).Within(0.1));
        var alert = (await AlertsAsync()).Single();
        Assert.That(alert.Message, Does.Contain("as the last day went, that lasts"));
        _world.Clock.Advance(TimeSpan.FromDays(2));
        await LookAsync(free: 60);
        Assert.That((await AlertsAsync()).Single().ResolvedAt, Is.Not.Null);
        await using var db = _world.Open();
        Assert.That(await db.DiskSamples.CountAsync(s => s.Place == "work"), Is.EqualTo(1), "old samples go");
    }

    [Test]
    public async Task Looking_often_keeps_few_samples()
    {
        for (var i = 0; i < 100; i++)
        {
            await LookAsync(free: 50);
            _world.Clock.Advance(TimeSpan.FromSeconds(30));
        }
        await using var db = _world.Open();
        Assert.That(await db.DiskSamples.CountAsync(s => s.Place == "work"), Is.EqualTo(4));
    }

    [Test]
    public void A_straight_line_through_the_samples_makes_the_forecast()
    {
        var now = new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
        (DateTimeOffset, long)[] falling = [.. Enumerable.Range(0, 5).Select(h => (now.AddHours(h), 1000L - 100 * h))];
        Assert.That(DiskForecast.HoursLeft(falling, 100), Is.EqualTo(5).Within(0.001));
        Assert.That(
            DiskForecast.HoursLeft([.. falling.Select(s => (s.Item1, 5000 - s.Item2))], 100),
            Is.Null,
            "it grows"
        );
        Assert.That(DiskForecast.HoursLeft([.. falling.Select(s => (s.Item1, 1000L))], 100), Is.Null, "it stays");
        Assert.That(DiskForecast.HoursLeft(falling[..3], 100), Is.Null, "too few");
        Assert.That(
            DiskForecast.HoursLeft([.. falling.Select((s, i) => (now.AddMinutes(i), s.Item2))], 100),
            Is.Null,
            "too short a time"
        );
    }

    private async Task LookAsync(double free)
    {
        Free(free);
        await Watch.LookAsync(default);
    }

    private void Free(double gib) => _read = folder => new DiskRoom(folder, (long)(gib * GiB), 100 * GiB, Disk: "one");

    private async Task<List<Alert>> AlertsAsync()
    {
        await using var db = _world.Open();
        return await db.Alerts.AsNoTracking().OrderBy(a => a.Id).ToListAsync();
    }
}
