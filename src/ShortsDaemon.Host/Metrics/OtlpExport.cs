using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using ShortsDaemon.Media;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Metrics;

/// <summary>Sends the metrics to an OpenTelemetry collector each minute and at the end, when one is configured.</summary>
internal sealed class OtlpExport(LiveOptions live, GaugeBook gauges, TimeProvider time, ILogger<OtlpExport> log)
    : BackgroundService
{
    internal static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    // A collector that hangs must not hold up the end of the daemon.
    private const int SendMilliseconds = 5_000;

    private readonly Meter _gauges = new("ShortsDaemon.Gauges");
    private volatile IReadOnlyList<Family> _latest = [];
    private bool _isLost;

    public override void Dispose()
    {
        _gauges.Dispose();
        base.Dispose();
    }

    // Where nothing is sent, not even the library is loaded.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        live.Value.Telemetry.OtlpEndpoint is { Length: > 0 } endpoint
            ? ExportAsync(endpoint, stoppingToken)
            : Task.CompletedTask;

    private async Task ExportAsync(string endpoint, CancellationToken cancel)
    {
        _latest = await gauges.ReadAsync();
        foreach (var family in _latest)
            _gauges.CreateObservableGauge(family.Name, () => ValuesOf(family.Name), unit: null, family.Help);
        // Its disposal sends once more.
        using var provider = Build(endpoint.TrimEnd('/') + "/v1/metrics");
        while (!cancel.IsCancellationRequested)
        {
            await SendAsync(provider, endpoint);
            await Task.Delay(Every, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        _latest = await gauges.ReadAsync();
    }

    private MeterProvider Build(string address) =>
        Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource =>
                resource.AddService(
                    "shortsdaemon",
                    serviceVersion: ProcessGauges.Version,
                    serviceInstanceId: Environment.MachineName
                )
            )
            .AddMeter(MediaMeter.Meter.Name, FlowMeter.Meter.Name, HostMeter.Meter.Name, _gauges.Name)
            .AddOtlpExporter(
                (exporter, reader) =>
                {
                    (exporter.Endpoint, exporter.Protocol) = (new Uri(address), OtlpExportProtocol.HttpProtobuf);
                    exporter.TimeoutMilliseconds = SendMilliseconds;
                    // Sent after the gauges were read, not by the library's own clock.
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = int.MaxValue;
                }
            )
            .Build();

    private async Task SendAsync(MeterProvider provider, string endpoint)
    {
        _latest = await gauges.ReadAsync();
        var isLost = !await Task.Run(() => provider.ForceFlush(SendMilliseconds));
        if (isLost && !_isLost)
            log.LogWarning(
                "The metrics could not be sent to {Endpoint} (Telemetry:OtlpEndpoint); tried again each minute",
                endpoint
            );
        if (_isLost && !isLost)
            log.LogInformation("The metrics are sent to {Endpoint} again", endpoint);
        _isLost = isLost;
    }

    private IEnumerable<Measurement<double>> ValuesOf(string name) =>
        _latest
            .Where(family => family.Name == name)
            .SelectMany(family => family.Samples)
            .Select(sample => new Measurement<double>(
                sample.Value,
                sample.Labels.Select(label => KeyValuePair.Create<string, object?>(label.Name, label.Value))
            ));
}
