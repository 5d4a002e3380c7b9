using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using ShortsDaemon.Host.Health;

namespace ShortsDaemon.Tests.Health;

/// <summary>Answers are shared and kept for a moment, and no check can hold them up.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RecentHealthTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Lines _lines = new();
    private readonly ServiceProvider _services;
    private Func<Task<HealthCheckResult>> _check = () => Task.FromResult(HealthCheckResult.Healthy());
    private int _asked;

    public RecentHealthTests()
    {
        var services = new ServiceCollection().AddLogging(log =>
            log.AddProvider(_lines).AddFilter("Microsoft", LogLevel.None)
        );
        services.AddSingleton<TimeProvider>(_clock);
        services.AddShortsHealth();
        services.Configure<HealthCheckServiceOptions>(options =>
        {
            options.Registrations.Clear();
            options.Registrations.Add(new("probe", new Probe(this), failureStatus: null, tags: ["ready"]));
        });
        _services = services.BuildServiceProvider();
    }

    private RecentHealth Health => _services.GetRequiredService<RecentHealth>();

    public void Dispose() => _services.Dispose();

    [Test]
    public async Task All_who_ask_at_once_share_one_look()
    {
        var open = new TaskCompletionSource<HealthCheckResult>();
        _check = () => open.Task;
        var waiting = Enumerable.Range(0, 100).Select(_ => Health.ReadAsync()).ToList();
        open.SetResult(HealthCheckResult.Degraded("so so"));

        var reports = await Task.WhenAll(waiting);

        Assert.That(reports.Select(r => r.Status), Is.All.EqualTo(HealthStatus.Degraded));
        Assert.That(_asked, Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_is_kept_for_five_seconds_and_renewed_past_half_of_them()
    {
        await Health.ReadAsync();
        _clock.Advance(TimeSpan.FromSeconds(2.4));
        await Health.ReadAsync();
        Assert.That(_asked, Is.EqualTo(1));
        var open = new TaskCompletionSource<HealthCheckResult>();
        _check = () => open.Task;
        _clock.Advance(TimeSpan.FromSeconds(2.5));

        Assert.That((await Health.ReadAsync()).Status, Is.EqualTo(HealthStatus.Healthy), "nobody waits for the next");
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        var next = Health.ReadAsync();
        Assert.That(next.IsCompleted, Is.False, "older than five seconds is not given");
        open.SetResult(HealthCheckResult.Degraded("so so"));

        Assert.That((await next).Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(_asked, Is.EqualTo(2));
    }

    [Test]
    public async Task What_was_found_before_the_configuration_changed_counts_no_more()
    {
        await Health.ReadAsync();
        _check = () => Task.FromResult(HealthCheckResult.Degraded("so so"));

        Health.Forget();

        Assert.That((await Health.ReadAsync()).Status, Is.EqualTo(HealthStatus.Degraded));
    }

    [Test]
    public async Task A_page_is_written_once_however_many_ask()
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Health.PagesAsync()));

        Assert.That(pages.Select(p => p.All.Body), Is.All.SameAs(pages[0].All.Body));
        Assert.That(pages[0].Ready.Report.Entries.Keys, Is.EqualTo(new[] { "probe" }));
    }

    [Test, CancelAfter(20_000)]
    public async Task A_check_that_hangs_is_unhealthy_and_is_not_started_a_second_time(CancellationToken cancel)
    {
        var never = new TaskCompletionSource<HealthCheckResult>();
        _check = () => never.Task;

        Assert.That(await ReadHangingAsync(cancel), Is.EqualTo(HealthStatus.Unhealthy));
        _clock.Advance(RecentHealth.Fresh);
        Assert.That(await ReadHangingAsync(cancel), Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(_asked, Is.EqualTo(1));

        never.SetResult(HealthCheckResult.Healthy());
        _check = () => Task.FromResult(HealthCheckResult.Healthy());
        _clock.Advance(RecentHealth.Fresh);
        Assert.That((await Health.ReadAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task A_check_that_throws_is_unhealthy()
    {
        _check = () => throw new InvalidOperationException("it broke");

        var report = await Health.ReadAsync();

        Assert.That(report.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(report.Entries["probe"].Exception!.Message, Is.EqualTo("it broke"));
    }

    [Test]
    public async Task A_change_is_one_log_line_however_often_it_is_asked_for()
    {
        var results = new Queue<HealthCheckResult>([
            HealthCheckResult.Healthy(),
            HealthCheckResult.Unhealthy("full"),
            HealthCheckResult.Unhealthy("full"),
            HealthCheckResult.Healthy("fine"),
            HealthCheckResult.Healthy("fine"),
        ]);
        _check = () => Task.FromResult(results.Dequeue());
        while (results.Count > 0)
        {
            await Health.ReadAsync();
            _clock.Advance(RecentHealth.Fresh);
        }

        Assert.That(
            _lines,
            Is.EqualTo(
                (string[])["Error Health of probe is Unhealthy: full", "Information Health of probe is Healthy: fine"]
            )
        );
    }

    private async Task<HealthStatus> ReadHangingAsync(CancellationToken cancel)
    {
        var answer = Health.ReadAsync();
        while (!answer.IsCompleted)
        {
            cancel.ThrowIfCancellationRequested();
            if (_clock.WaitingTimers > 0)
                _clock.Advance(LimitedCheck.Limit);
            await Task.Delay(5, cancel);
        }
        return (await answer).Status;
    }

    private sealed class Probe(RecentHealthTests test) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            Interlocked.Increment(ref test._asked);
            return test._check();
        }
    }

    private sealed class Lines : List<string>, ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Add($"{logLevel} {formatter(state, exception)}");

        public void Dispose() => Clear();
    }
}
