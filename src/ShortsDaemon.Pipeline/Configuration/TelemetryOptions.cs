namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>Where the figures of /metrics are sent as well.</summary>
public sealed class TelemetryOptions
{
    /// <summary>
    /// An OpenTelemetry collector that takes OTLP over HTTP (protobuf), for instance http://127.0.0.1:4318; the metrics go
    /// to /v1/metrics below it. Empty: none.
    /// </summary>
    [NeedsRestart]
    public string OtlpEndpoint { get; init; } = "";
}
