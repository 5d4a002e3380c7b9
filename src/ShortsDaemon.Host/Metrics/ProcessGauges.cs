using System.Reflection;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Media.Encoders;

namespace ShortsDaemon.Host.Metrics;

/// <summary>The process itself, and the encoders it may use. Asks no disk and no program.</summary>
internal sealed class ProcessGauges(DaemonStart start, EncoderSelection encoders) : IGauges
{
    private static readonly Gauge Build = new("shortsdaemon_build_info", "Always 1; the labels tell what runs");

    private static readonly Gauge Start = new(
        "shortsdaemon_start_time_seconds",
        "When the daemon began, in seconds since 1970"
    );

    private static readonly Gauge Resident = new(
        "shortsdaemon_memory_resident_bytes",
        "Resident memory of the daemon, without the programs it runs"
    );

    private static readonly Gauge Managed = new(
        "shortsdaemon_memory_managed_bytes",
        "Memory that the daemon's own objects take"
    );

    private static readonly Gauge Chosen = new(
        "shortsdaemon_encoder_chosen",
        "1: the next Short would be encoded with it, by encoder"
    );

    private static readonly Gauge Demoted = new(
        "shortsdaemon_encoder_demoted",
        "1: left out for a time after a failure at work, by encoder"
    );

    internal static readonly string Version =
        typeof(ProcessGauges)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "";

    public string Subject => "process";
    public IReadOnlyList<Gauge> All { get; } = [Build, Start, Resident, Managed, Chosen, Demoted];

    public Task<IReadOnlyList<Reading>> ReadAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Reading>>([
            Build.Of(1, ("version", Version), ("runtime", Environment.Version.ToString())),
            Start.Of(start.At.ToUnixTimeMilliseconds() / 1000.0),
            Resident.Of(Environment.WorkingSet),
            Managed.Of(GC.GetTotalMemory(forceFullCollection: false)),
            .. encoders.Report.SelectMany(Read),
        ]);

    private static IEnumerable<Reading> Read(EncoderState encoder)
    {
        var label = ("encoder", encoder.Name);
        yield return Chosen.Of(encoder.Chosen ? 1 : 0, label);
        yield return Demoted.Of(encoder.DemotedUntil is null ? 0 : 1, label);
    }
}
