using System.Diagnostics.Metrics;
using System.Text.Json;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>What is counted while items walk; test Shorts are left out. Each is explained in docs/metrics.md.</summary>
public static class FlowMeter
{
    public static Meter Meter { get; } = new("ShortsDaemon.Pipeline");

    private static readonly Counter<long> Encodes = Meter.CreateCounter<long>(
        "shortsdaemon.encodes",
        "{short}",
        "Shorts made, by encoder"
    );

    private static readonly Counter<long> DownloadedBytes = Meter.CreateCounter<long>(
        "shortsdaemon.downloaded",
        "By",
        "Recordings brought, by type of source"
    );

    private static readonly Counter<long> UploadedBytes = Meter.CreateCounter<long>(
        "shortsdaemon.uploaded",
        "By",
        "Bytes of Shorts sent, repetitions included, by type of destination"
    );

    private static readonly Counter<long> ApiCalls = Meter.CreateCounter<long>(
        "shortsdaemon.api.calls",
        "{call}",
        "Calls that went out, repetitions included, by provider and outcome"
    );

    /// <summary>As a label is written: HalfOpen becomes half_open.</summary>
    public static string Label(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    internal static void Encoded(Item item, string encoder)
    {
        if (item.Id != CanaryItem.Id)
            Encodes.Add(1, new KeyValuePair<string, object?>("encoder", encoder));
    }

    internal static void Downloaded(Item item, long bytes)
    {
        if (item.Id != CanaryItem.Id)
            DownloadedBytes.Add(bytes, new KeyValuePair<string, object?>("source", item.SourceType));
    }

    internal static void Uploaded(string destination, long bytes) =>
        UploadedBytes.Add(bytes, new KeyValuePair<string, object?>("destination", destination));

    internal static void Called(string provider, CallOutcome outcome) =>
        ApiCalls.Add(
            1,
            new KeyValuePair<string, object?>("provider", provider),
            new KeyValuePair<string, object?>("outcome", Label(outcome))
        );
}

/// <summary>How a call ended, seen from the wire.</summary>
internal enum CallOutcome
{
    Ok,

    /// <summary>4xx.</summary>
    Refused,

    /// <summary>429: too many requests.</summary>
    Limited,

    /// <summary>5xx; of a program: it ended with an error.</summary>
    Failed,

    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>Its time was over, or the daemon was stopped.</summary>
    GivenUp,
}
