using System.Diagnostics.Metrics;

namespace ShortsDaemon.Media;

/// <summary>What is counted while Shorts are made. Each is explained in docs/metrics.md.</summary>
public static class MediaMeter
{
    public static Meter Meter { get; } = new("ShortsDaemon.Media");

    private static readonly Counter<long> Demotions = Meter.CreateCounter<long>(
        "shortsdaemon.encoder.demotions",
        "{demotion}",
        "Hardware encoders left out for a time after a failure at work"
    );

    internal static void Demoted(string encoder) =>
        Demotions.Add(1, new KeyValuePair<string, object?>("encoder", encoder));
}
