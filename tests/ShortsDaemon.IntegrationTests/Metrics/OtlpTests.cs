using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using ShortsDaemon.Host.Metrics;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Tests;

namespace ShortsDaemon.IntegrationTests.Metrics;

/// <summary>The metrics as an OpenTelemetry collector gets them.</summary>
internal sealed class OtlpTests : DaemonTests
{
    private Collector _collector = null!;

    [SetUp]
    public async Task StartCollectorAsync() => _collector = await Collector.StartAsync();

    [TearDown]
    public ValueTask StopCollectorAsync() => _collector.DisposeAsync();

    [Test]
    public async Task The_daemon_sends_what_it_did()
    {
        Box.Config["Telemetry"] = new JsonObject { ["OtlpEndpoint"] = _collector.Address };
        Box.Save();
        await using var daemon = await Box.StartedAsync();
        await Box.DropAsync("a.mp4", 1);
        await Box.EndedAsync(1);

        Assert.That(await daemon.StopAsync(), Is.Zero, daemon.Log);

        var (path, type, _) = _collector.Taken.Last();
        Assert.Multiple(() =>
        {
            Assert.That((path, type), Is.EqualTo(("/v1/metrics", "application/x-protobuf")));
            // A resource, a counter, a histogram, a gauge, labels.
            foreach (
                var text in (string[])
                    [
                        "shortsdaemon",
                        "shortsdaemon.encodes",
                        "libx264",
                        "shortsdaemon.stage.duration",
                        "advanced",
                        "shortsdaemon_items",
                        "published",
                    ]
            )
                Assert.That(_collector.LatestHas(text), text);
        });
    }

    [Test, CancelAfter(60_000)]
    public async Task Trouble_is_told_once_and_the_latest_values_come_afterwards(CancellationToken cancel)
    {
        var (clock, log, value) = (new FakeTimeProvider(), new Lines(), 1234.5);
        var gauge = new Gauge("shorts_tested", "A gauge");
        using var gauges = LoggerFactory.Create(_ => { });
        var book = new GaugeBook([new Source(gauge, () => value)], clock, gauges.CreateLogger<GaugeBook>());
        var options = new ShortsOptions
        {
            Telemetry = new TelemetryOptions { OtlpEndpoint = _collector.Address + "/" },
        };
        using var export = new OtlpExport(new LiveOptions(options), book, clock, log);

        await export.StartAsync(cancel);
        await NextAsync(1);
        Assert.That(_collector.LatestHas(1234.5));
        (_collector.Status, value) = (500, 2345.5);
        await NextAsync(2);
        await NextAsync(3);
        _collector.Status = 200;
        await NextAsync(4);
        Assert.That(_collector.LatestHas(2345.5));
        await export.StopAsync(cancel);

        Assert.That(
            log.Told,
            Is.EqualTo(
                new[]
                {
                    $"The metrics could not be sent to {_collector.Address}/ (Telemetry:OtlpEndpoint); tried again each minute",
                    $"The metrics are sent to {_collector.Address}/ again",
                }
            )
        );

        async Task NextAsync(int sent)
        {
            if (sent > 1)
                clock.Advance(OtlpExport.Every);
            while (_collector.Taken.Count < sent || clock.WaitingTimers == 0)
                await Task.Delay(10, cancel);
        }
    }

    private sealed class Source(Gauge gauge, Func<double> read) : IGauges
    {
        public string Subject => "tested";
        public IReadOnlyList<Gauge> All => [gauge];

        public Task<IReadOnlyList<Reading>> ReadAsync(CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<Reading>>([gauge.Of(read())]);
    }

    private sealed class Lines : ILogger<OtlpExport>
    {
        public List<string> Told { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel level,
            EventId id,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Told.Add(formatter(state, exception));
    }
}
