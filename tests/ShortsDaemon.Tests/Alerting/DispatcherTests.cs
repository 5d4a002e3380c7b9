using NUnit.Framework;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Alerting;

/// <summary>What is told, when, and how often.</summary>
internal sealed class DispatcherTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private AlertWorld _world = null!;
    private Ear Ear => _world.Ear;

    [SetUp]
    public void MakeWorld() => _world = new AlertWorld(new EarOptions());

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task It_is_told_once_and_once_that_it_is_well_again()
    {
        await _world.LookAsync();
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(0.9 * Minute);
        Assert.That(Ear.Story, Is.Empty, "it may pass by itself");
        await _world.PassAsync(30 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised DiskLow/main"));
        await _world.ResolveAsync("DiskLow");
        await _world.PassAsync(4 * Minute);
        Assert.That(Ear.Notices, Has.Count.EqualTo(1), "it may come back");
        await _world.PassAsync(30 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised DiskLow/main | Resolved DiskLow/main"));
    }

    [Test]
    public async Task What_is_soon_well_again_is_not_told()
    {
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(TimeSpan.FromSeconds(40));
        await _world.ResolveAsync("DiskLow");
        await _world.PassAsync(30 * Minute);
        Assert.That(Ear.Tries, Is.Zero);
        Assert.That((await _world.DeliveriesAsync()).Single().State, Is.EqualTo(DeliveryState.NotNeeded));
    }

    [Test]
    public async Task What_is_critical_is_told_sooner()
    {
        await _world.RaiseAsync("CredentialRevoked", level: AlertLevel.Critical);
        await _world.PassAsync(TimeSpan.FromSeconds(20));
        Assert.That(Ear.Story, Is.EqualTo("Raised CredentialRevoked/main"));
    }

    [Test]
    public async Task What_comes_within_seconds_goes_together()
    {
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(TimeSpan.FromSeconds(5));
        await _world.RaiseAsync("QuotaEmpty");
        await _world.PassAsync(TimeSpan.FromSeconds(5));
        await _world.RaiseAsync("CredentialRevoked", level: AlertLevel.Critical);
        await _world.RaiseAsync("JobFailed");
        await _world.PassAsync(TimeSpan.FromSeconds(90));
        Assert.That(
            Ear.Story,
            Is.EqualTo(
                "Raised CredentialRevoked/main | Raised DiskLow/main, Raised QuotaEmpty/main, Raised JobFailed/main"
            )
        );
    }

    [Test]
    public async Task What_comes_and_goes_all_the_time_is_told_once_with_its_count()
    {
        for (var i = 0; i < 30; i++)
        {
            await _world.RaiseAsync("BreakerOpen");
            await _world.PassAsync(TimeSpan.FromSeconds(20));
            await _world.ResolveAsync("BreakerOpen");
            await _world.PassAsync(TimeSpan.FromSeconds(40));
        }
        Assert.That(Ear.Story, Is.EqualTo("Raised BreakerOpen/main ×4"));
        await _world.PassAsync(10 * Minute);
        Assert.That(Ear.Story, Does.EndWith(" | Resolved BreakerOpen/main ×30"));
        Assert.That(Ear.Notices, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_comes_back_soon_is_the_same_trouble()
    {
        await RaiseForAsync(10 * Minute);
        await _world.PassAsync(3 * Minute);
        await RaiseForAsync(10 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised DiskLow/main"));
        await _world.PassAsync(10 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised DiskLow/main | Resolved DiskLow/main ×2"));
        await RaiseForAsync(10 * Minute);
        Assert.That(Ear.Story, Does.EndWith("×2 | Raised DiskLow/main"), "later it is a new one");
    }

    [Test]
    public async Task Each_receiver_is_told_what_it_wants_to_hear()
    {
        _world.Configure(
            new EarOptions { Name = "bad", MinLevel = AlertLevel.Critical },
            new EarOptions { Name = "disks", Rules = ["disklow"] },
            new EarOptions { Name = "all" },
            new EarOptions { Name = "off", Enabled = false }
        );
        await _world.RaiseAsync("DiskLow");
        await _world.RaiseAsync("CredentialRevoked", level: AlertLevel.Critical);
        await _world.PassAsync(2 * Minute);
        Assert.That(Ear.StoryOf("off"), Is.Empty);
        Assert.That(Ear.StoryOf("bad"), Is.EqualTo("Raised CredentialRevoked/main"));
        Assert.That(Ear.StoryOf("disks"), Is.EqualTo("Raised DiskLow/main"));
        Assert.That(Ear.StoryOf("all"), Is.EqualTo("Raised CredentialRevoked/main | Raised DiskLow/main"));
    }

    [Test]
    public async Task A_new_receiver_hears_of_what_is_open_and_not_of_the_past()
    {
        _world.Configure();
        await _world.RaiseAsync("DiskLow");
        await _world.RaiseAsync("QuotaEmpty");
        await _world.ResolveAsync("QuotaEmpty");
        await _world.PassAsync(10 * Minute);
        _world.Configure(new EarOptions());
        await _world.PassAsync(2 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised DiskLow/main"));
    }

    [Test]
    public async Task A_receiver_that_left_and_came_back_is_not_told_again()
    {
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(2 * Minute);
        _world.Configure();
        await _world.PassAsync(2 * Minute);
        _world.Configure(new EarOptions());
        await _world.PassAsync(2 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised DiskLow/main"));
    }

    [Test]
    public async Task In_quiet_hours_only_what_is_critical_is_told()
    {
        // 13:00 in Berlin.
        _world.Configure(
            new EarOptions
            {
                QuietHours = new() { Hours = "12:30-14:00", TimeZone = "Europe/Berlin" },
            }
        );
        await _world.RaiseAsync("DiskLow");
        await _world.RaiseAsync("QuotaEmpty");
        await _world.RaiseAsync("CredentialRevoked", level: AlertLevel.Critical);
        await _world.PassAsync(10 * Minute);
        await _world.ResolveAsync("QuotaEmpty");
        await _world.PassAsync(49 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised CredentialRevoked/main"));
        await _world.PassAsync(30 * Minute);
        Assert.That(
            Ear.Story,
            Is.EqualTo("Raised CredentialRevoked/main | Raised DiskLow/main, Raised QuotaEmpty/main (over)")
        );
    }

    [Test]
    public async Task More_than_the_limit_goes_into_later_messages()
    {
        _world.Configure(new EarOptions { MaxPerHour = 2 });
        for (var i = 0; i < 12; i++)
        {
            await _world.RaiseAsync("JobFailed", $"job{i}");
            await _world.PassAsync(5 * Minute);
        }
        await _world.PassAsync(60 * Minute);
        Assert.That(Ear.Notices, Has.Count.InRange(3, 5));
        Assert.That(Ear.Notices.Sum(n => n.Raised), Is.EqualTo(12), "each is told once");
    }

    [Test]
    public async Task Ten_thousand_alerts_in_a_minute_are_a_handful_of_messages()
    {
        await _world.LookAsync();
        for (var second = 0; second < 60; second += 5)
        {
            await _world.ExecuteAsync(
                $"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 834)
                INSERT INTO Alerts (Rule, Subject, Level, Message, RaisedAt)
                SELECT 'JobFailed', '{second}/' || i, 'Warning', hex(zeroblob(500)), '2026-01-15 12:00:{second:00}' FROM n
                """
            );
            await _world.PassAsync(AlertDispatcher.Interval);
        }
        await _world.PassAsync(8 * Minute);
        Assert.That(Ear.Notices, Has.Count.LessThanOrEqualTo(8));
        Assert.That(Ear.Notices.Sum(n => n.Raised), Is.EqualTo(12 * 834));
        Assert.That(Ear.Notices.Max(n => n.Entries.Count), Is.LessThanOrEqualTo(20));
        Assert.That((await _world.DeliveriesAsync()).Select(d => d.State), Is.All.EqualTo(DeliveryState.Told));
    }

    private async Task RaiseForAsync(TimeSpan time)
    {
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(time);
        await _world.ResolveAsync("DiskLow");
    }
}
