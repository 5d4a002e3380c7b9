using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Alerting;

internal sealed class HealthPingsTests
{
    private FakeReceiver _far = null!;
    private HealthPings _pings = null!;
    private AlertHttp _http = null!;
    private LiveOptions _live = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _far = await FakeReceiver.StartAsync();
        _http = new AlertHttp(TimeProvider.System);
        var options = new ShortsOptions
        {
            HealthPing = new() { Url = $"{_far.Url}/uuid-1", ProjectUrl = $"{_far.Url}/key/" },
        };
        _live = new LiveOptions(options);
        _pings = new HealthPings(_live, _http, TimeProvider.System, NullLogger<HealthPings>.Instance);
        await _pings.StartAsync(default);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _pings.StopAsync(default);
        _pings.Dispose();
        _http.Dispose();
        await _far.DisposeAsync();
    }

    [Test]
    public async Task A_job_has_a_check_of_its_own()
    {
        var good = _pings.Begin("job-backup");
        _pings.End("job-backup", good, succeeded: true, "copied 3 files");
        var bad = _pings.Begin("channel-Main");
        _pings.End("channel-Main", bad, succeeded: false, "token=abcdefgh was refused");
        await HeardAsync(4);
        Assert.That(
            _far.Calls.Select(c => c.Line),
            Is.EqualTo(
                new[]
                {
                    $"POST /key/job-backup/start?create=1&rid={good}",
                    $"POST /key/job-backup?create=1&rid={good}",
                    $"POST /key/channel-main/start?create=1&rid={bad}",
                    $"POST /key/channel-main/fail?create=1&rid={bad}",
                }
            )
        );
        Assert.That(
            _far.Calls.Select(c => c.Body),
            Is.EqualTo(new[] { "", "copied 3 files", "", "token=*** was refused" })
        );
    }

    [Test]
    public async Task The_daemon_has_one_too()
    {
        _pings.Beat(isWell: true, "");
        _pings.Beat(isWell: false, "disk: Unhealthy");
        await HeardAsync(2);
        Assert.That(_far.Calls.Select(c => c.Line), Is.EqualTo(new[] { "POST /uuid-1", "POST /uuid-1/fail" }));
    }

    [Test]
    public async Task One_that_stumbles_is_asked_again()
    {
        _far.Answer(503);
        _pings.Beat(isWell: true, "");
        await HeardAsync(2);
        await UntilAsync(() => _pings.Trouble is null);
    }

    [Test]
    public async Task A_200_that_means_no_is_told()
    {
        for (var i = 0; i < 3; i++)
            _far.Answer(200, "OK (not found)");
        _pings.Beat(isWell: true, "");
        await UntilAsync(() => _pings.Trouble is not null);
        Assert.That(_pings.Trouble, Is.EqualTo("it answered 'OK (not found)'"));
    }

    [Test]
    public void A_watcher_that_hangs_holds_up_nobody()
    {
        _far.Answers.Enqueue(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        for (var i = 0; i < 10_000; i++)
            _pings.End("job-x", _pings.Begin("job-x"), succeeded: true, "");
        Assert.That(_far.Calls, Has.Count.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task A_maintenance_job_tells_its_start_and_its_end()
    {
        using var world = new FlowWorld();
        using var runs = new MaintenanceRuns(
            world.Databases,
            world.Get<Alerts>(),
            _pings,
            world.Clock,
            NullLogger<MaintenanceRuns>.Instance
        );
        await runs.RunAsync(new Sweeper(), wish: null, isByHand: false, default);
        await HeardAsync(2);
        Assert.That(_far.Calls[0].Line, Does.StartWith("POST /key/job-sweep/start?create=1&rid="));
        Assert.That(_far.Calls[1].Line, Does.StartWith("POST /key/job-sweep/fail?create=1&rid="));
        Assert.That(_far.Calls[1].Body, Is.EqualTo("The corner is full."));
        Assert.That(_far.Calls[1].Line[^36..], Is.EqualTo(_far.Calls[0].Line[^36..]), "one run");
    }

    [Test]
    public async Task The_heart_beats_as_long_as_health_is_good()
    {
        var clock = new FakeTimeProvider();
        var result = HealthCheckResult.Degraded("nearly full");
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock);
        services.AddSingleton<HealthLog>().AddSingleton<RecentHealth>();
        services.AddHealthChecks().AddCheck("disk", () => result);
        await using var provider = services.BuildServiceProvider();
        using var heart = new Heartbeat(_pings, provider.GetRequiredService<RecentHealth>(), _live, clock);
        await heart.StartAsync(default);
        await UntilAsync(() => clock.WaitingTimers > 0);
        clock.Advance(TimeSpan.FromMinutes(1));
        await HeardAsync(1);
        await UntilAsync(() => clock.WaitingTimers > 0);
        result = HealthCheckResult.Unhealthy("full");
        clock.Advance(TimeSpan.FromMinutes(5));
        await HeardAsync(2);
        await heart.StopAsync(default);
        Assert.That(
            _far.Calls.Select(c => $"{c.Line}: {c.Body}"),
            Is.EqualTo(
                new[] { "POST /uuid-1: disk: Degraded. nearly full", "POST /uuid-1/fail: disk: Unhealthy. full" }
            )
        );
    }

    private Task HeardAsync(int calls) => UntilAsync(() => _far.Calls.Count >= calls);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started).TotalSeconds, Is.LessThan(20));
            await Task.Delay(20);
        }
    }

    private sealed class Sweeper : IMaintenance
    {
        public string Name => "sweep";

        public string ScheduleIn(ShortsOptions options) => "";

        public Task<string> RunAsync(CancellationToken cancel) => throw new MaintenanceException("The corner is full.");
    }
}
