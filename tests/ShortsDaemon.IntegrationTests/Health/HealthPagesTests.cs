using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Quartz;
using ShortsDaemon.Host;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Health;

/// <summary>The health pages as a monitoring program sees them: the daemon's own services behind a real web server.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HealthPagesTests : IAsyncDisposable
{
    private static readonly string[] Everything =
    [
        "database",
        "encoder",
        "disk",
        "queue",
        "work",
        "providers",
        "downloader",
        "posting",
        "alerts",
        "backup",
        "configuration",
        "canary",
        "scheduler",
        "probe",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("health-pages-");
    private readonly Probe _probe = new();
    private readonly LiveOptions _live;
    private readonly HttpClient _client = new();
    private WebApplication? _web;

    public HealthPagesTests() =>
        _live = new LiveOptions(
            new ShortsOptions
            {
                Daemon = new DaemonOptions { DataDirectory = _folder.FullName },
                Storage = new StorageOptions { ConnectionString = $"Data Source={_folder.FullName}/shorts.db" },
                Health = new HealthOptions { DiskWarnPercent = 0, DiskMinimumMiB = 0 },
            }
        );

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_web is not null)
            await _web.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [SetUp]
    public async Task StartAsync()
    {
        if (ToolPath.Find("ffmpeg") is null || ToolPath.Find("ffprobe") is null)
            Assert.Ignore("ffmpeg or ffprobe is not installed");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddPipeline(_live);
        builder.Services.AddQuartz(_ => { });
        builder.Services.AddQuartzHostedService();
        builder.Services.AddShortsHealth();
        builder.Services.AddHealthChecks().AddCheck("probe", _probe);
        _web = builder.Build();
        _web.MapShortsHealth();
        await _web.StartAsync();
        _client.BaseAddress = new Uri(_web.Urls.Single());
    }

    [Test]
    public async Task A_daemon_that_can_work_is_healthy_in_every_entry()
    {
        await GetReadyAsync();

        var (status, page) = await ReadAsync("/health");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), page.ToJsonString());
        Assert.That((string?)page["status"], Is.EqualTo("Healthy"), page.ToJsonString());
        Assert.That(page["entries"]!.AsObject().Select(entry => entry.Key), Is.EqualTo(Everything));
        foreach (var (name, entry) in page["entries"]!.AsObject())
            Assert.That((string?)entry!["status"], Is.EqualTo("Healthy"), $"{name}: {entry["description"]}");
        Assert.That((string?)page["entries"]!["encoder"]!["data"]!["ffmpegVersion"], Is.Not.Empty);
    }

    [Test]
    public async Task Ready_asks_only_for_what_work_needs()
    {
        await GetReadyAsync();
        _probe.Result = HealthCheckResult.Unhealthy("not of the ready ones");

        var (status, page) = await ReadAsync("/health/ready");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), page.ToJsonString());
        Assert.That(
            page["entries"]!.AsObject().Select(entry => entry.Key),
            Is.EqualTo((string[])["database", "encoder", "disk", "canary", "scheduler"])
        );
        Assert.That((await ReadAsync("/health")).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task Before_the_database_is_there_all_but_live_is_unavailable()
    {
        foreach (var path in (string[])["/health", "/health/ready"])
        {
            var (status, page) = await ReadAsync(path);
            Assert.That(status, Is.EqualTo(HttpStatusCode.ServiceUnavailable), path);
            Assert.That((string?)page["entries"]!["database"]!["status"], Is.EqualTo("Unhealthy"));
            Assert.That((string?)page["entries"]!["database"]!["description"], Does.Contain("shorts.db' cannot be "));
        }
        var (alive, live) = await ReadAsync("/health/live");
        Assert.That(alive, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((string?)live["status"], Is.EqualTo("Healthy"));
    }

    [Test]
    public async Task Degraded_answers_200_and_a_mended_configuration_is_seen_within_seconds()
    {
        await GetReadyAsync();
        _live.Refuse([new ConfigurationProblem("Encoding:Lanes", "it is -1", "Write 0 to 64.")]);

        var (status, page) = await ReadAsync("/health");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((string?)page["status"], Is.EqualTo("Degraded"));
        _live.Accept(_live.Value);
        Assert.That(
            async () => (string?)(await ReadAsync("/health")).Page["status"],
            Is.EqualTo("Healthy").After(10_000, 200)
        );
    }

    [Test]
    public async Task An_edit_that_came_into_force_is_seen_at_once()
    {
        await GetReadyAsync();
        Assert.That((string?)(await ReadAsync("/health")).Page["entries"]!["probe"]!["status"], Is.EqualTo("Healthy"));
        _probe.Result = HealthCheckResult.Degraded("so so");

        _live.Accept(_live.Value);

        Assert.That((string?)(await ReadAsync("/health")).Page["entries"]!["probe"]!["status"], Is.EqualTo("Degraded"));
    }

    [Test]
    public async Task The_answer_is_JSON_that_nobody_keeps()
    {
        using var answer = await _client.GetAsync("/health");
        using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/health/live"));

        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json"));
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
        Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await head.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task A_thousand_requests_ask_the_checks_a_few_times_only()
    {
        await GetReadyAsync();
        var began = Stopwatch.GetTimestamp();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 1000),
            new ParallelOptions { MaxDegreeOfParallelism = 20 },
            async (_, cancel) =>
            {
                using var answer = await _client.GetAsync("/health", cancel);
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            }
        );

        var most = 1 + (int)(Stopwatch.GetElapsedTime(began) / RecentHealth.Fresh);
        Assert.That(_probe.Asked, Is.InRange(1, most));
    }

    private async Task GetReadyAsync()
    {
        await _web!.Services.GetRequiredService<DatabaseStart>().PrepareAsync(CancellationToken.None);
        await _web.Services.GetRequiredService<EncoderSelection>().ChooseAsync(CancellationToken.None);
        // On a machine with more to do than it can, starting a tool may take longer than a check is waited for.
        var versions = _web.Services.GetRequiredService<ToolVersions>();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        foreach (var tool in (string[])["ffmpeg", "ffprobe"])
            while ((await versions.OfAsync(tool, tool, limit.Token)).Problem is not null)
                await Task.Delay(500, limit.Token);
    }

    private async Task<(HttpStatusCode Status, JsonNode Page)> ReadAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private sealed class Probe : IHealthCheck
    {
        private int _asked;

        public HealthCheckResult Result { get; set; } = HealthCheckResult.Healthy();
        public int Asked => _asked;

        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            Interlocked.Increment(ref _asked);
            return Task.FromResult(Result);
        }
    }
}
