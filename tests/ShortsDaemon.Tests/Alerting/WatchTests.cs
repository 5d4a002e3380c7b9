using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Alerting;

/// <summary>The rules that nobody stumbles over by himself. The clock starts on 2026-01-15 at 12:00 UTC.</summary>
internal sealed class WatchTests
{
    private FlowWorld _world = null!;
    private RunWatch _runs = null!;

    [SetUp]
    public void MakeWorld()
    {
        _world = new FlowWorld();
        Configure(new ChannelOptions { Schedule = [new ScheduleOptions { Cron = "0 0 * * * ?" }] });
        _runs = NewWatch();
    }

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task Three_failed_runs_in_a_row_are_told_until_one_succeeds()
    {
        await RunAsync(null);
        await RunAsync("no answer");
        await RunAsync("no answer");
        Assert.That(await OpenAsync(), Is.Empty);
        await RunAsync("no answer");
        Assert.That(await OpenAsync(), Is.EqualTo(new[] { "RunFailed main" }));
        await RunAsync(null);
        Assert.That(await OpenAsync(), Is.Empty);
    }

    [Test]
    public async Task A_schedule_that_brings_no_good_run_is_told_until_it_does()
    {
        await RunAsync(null);
        await PassAsync(hours: 2.9);
        Assert.That(await OpenAsync(), Is.Empty, "the second time was an hour ago at three");
        await PassAsync(hours: 0.2);
        Assert.That(await OpenAsync(), Is.EqualTo(new[] { "NoSuccessfulRun main" }));
        await RunAsync("no answer");
        Assert.That(await OpenAsync(), Is.EqualTo(new[] { "NoSuccessfulRun main" }));
        await RunAsync(null);
        Assert.That(await OpenAsync(), Is.Empty);
    }

    [Test]
    public async Task After_a_down_time_the_daemon_gets_its_time()
    {
        await RunAsync(null);
        _world.Clock.Advance(TimeSpan.FromDays(3));
        _runs = NewWatch();
        Assert.That(await OpenAsync(), Is.Empty);
        await PassAsync(hours: 2.5);
        Assert.That(await OpenAsync(), Is.Empty);
        await PassAsync(hours: 1);
        Assert.That(await OpenAsync(), Is.EqualTo(new[] { "NoSuccessfulRun main" }));
        _runs = NewWatch();
        Assert.That(await OpenAsync(), Has.Length.EqualTo(1), "a restart mends nothing");
    }

    [Test]
    public async Task Of_a_channel_that_is_off_nothing_is_expected()
    {
        await RunAsync("no answer");
        await RunAsync("no answer");
        await RunAsync("no answer");
        await PassAsync(hours: 5);
        Assert.That(await OpenAsync(), Has.Length.EqualTo(2));
        Configure(new ChannelOptions { Enabled = false });
        Assert.That(await OpenAsync(), Is.Empty);
    }

    [Test]
    public async Task A_schedule_of_once_a_week_is_given_two_weeks()
    {
        Configure(new ChannelOptions { Schedule = [new ScheduleOptions { Cron = "0 0 9 ? * MON" }] });
        await RunAsync(null);
        await PassAsync(hours: 24 * 11 - 3);
        Assert.That(await OpenAsync(), Is.Empty);
        await PassAsync(hours: 2);
        Assert.That(await OpenAsync(), Is.EqualTo(new[] { "NoSuccessfulRun main" }));
    }

    [Test]
    public async Task A_bad_edit_is_told_until_it_is_mended()
    {
        var watch = new ConfigurationWatch(_world.Live, _world.Get<Alerts>());
        _world.Live.Refuse([
            new("Encoding:Lanes", "it is -1", "Write 0 to 64."),
            new("Log:Lvl", "not known", "Level?", IsError: false),
        ]);
        await watch.LookAsync(default);
        await using var db = _world.Open();
        var alert = await db.Alerts.AsNoTracking().SingleAsync();
        Assert.That((alert.Rule, alert.Subject), Is.EqualTo(("ConfigurationInvalid", "configuration")));
        Assert.That(alert.Message, Does.EndWith("would not come up. Encoding:Lanes: it is -1. Write 0 to 64."));
        _world.Live.Accept(_world.Live.Value);
        await watch.LookAsync(default);
        Assert.That((await db.Alerts.AsNoTracking().SingleAsync()).ResolvedAt, Is.Not.Null);
    }

    private RunWatch NewWatch() => new(_world.Live, _world.Databases, _world.Get<Alerts>(), _world.Clock);

    private void Configure(ChannelOptions channel)
    {
        var now = _world.Live.Value;
        _world.Live.Accept(
            new ShortsOptions
            {
                Daemon = now.Daemon,
                Storage = now.Storage,
                Channels = { ["main"] = channel },
            }
        );
    }

    private async Task RunAsync(string? problem)
    {
        await using var db = _world.Open();
        var now = _world.Clock.GetUtcNow();
        db.Runs.Add(
            new Run
            {
                Channel = "main",
                StartedAt = now,
                EndedAt = now,
                Problem = problem,
            }
        );
        await db.SaveChangesAsync();
        await _runs.LookAsync(default);
    }

    private async Task PassAsync(double hours)
    {
        await _runs.LookAsync(default);
        _world.Clock.Advance(TimeSpan.FromHours(hours));
    }

    private async Task<string[]> OpenAsync()
    {
        await _runs.LookAsync(default);
        await using var db = _world.Open();
        var open = await db.Alerts.AsNoTracking().Where(a => a.ResolvedAt == null).OrderBy(a => a.Id).ToListAsync();
        return [.. open.Select(a => $"{a.Rule} {a.Subject}")];
    }
}
