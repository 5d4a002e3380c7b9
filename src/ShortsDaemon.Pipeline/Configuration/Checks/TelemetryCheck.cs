using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>The exporter itself would only fail once a minute. No secret travels there, so http is good enough.</summary>
internal static class TelemetryCheck
{
    private const string Key = $"{nameof(ShortsOptions.Telemetry)}:{nameof(TelemetryOptions.OtlpEndpoint)}";

    public static void Look(TelemetryOptions telemetry, ProblemList problems)
    {
        if (telemetry.OtlpEndpoint.Length == 0 || problems.Has(Key))
            return;
        if (
            !Uri.TryCreate(telemetry.OtlpEndpoint, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.Query.Length > 0
        )
            problems.Error(
                Key,
                $"'{telemetry.OtlpEndpoint}' is not the address of a collector",
                "Write for instance http://127.0.0.1:4318."
            );
        else if (uri.UserInfo.Length > 0)
            problems.Error(
                Key,
                "it has a password in it",
                "Put it into the environment: OTEL_EXPORTER_OTLP_HEADERS='Authorization=Basic …'."
            );
    }
}
