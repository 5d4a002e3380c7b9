namespace ShortsDaemon.Host.Metrics;

/// <summary>All gauges, read at most every few seconds, however many ask.</summary>
internal sealed class GaugeBook
{
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private static readonly Gauge Readable = new(
        "shortsdaemon_gauges_readable",
        "1: the gauges of this subject could be read; 0: they are left out, and the log says why"
    );

    private readonly List<GaugeSource> _sources;
    private readonly Recent<IReadOnlyList<Family>> _recent;

    public GaugeBook(IEnumerable<IGauges> sources, TimeProvider time, ILogger<GaugeBook> log)
    {
        _sources = [.. sources.Select(source => new GaugeSource(source, time, log))];
        _recent = new(LookAsync, Fresh, time);
    }

    public Task<IReadOnlyList<Family>> ReadAsync() => _recent.ReadAsync();

    private async Task<IReadOnlyList<Family>> LookAsync()
    {
        var read = await Task.WhenAll(_sources.Select(async s => (s.Gauges, Readings: await s.TryReadAsync())));
        var families = read.SelectMany(source =>
            source.Gauges.All.Select(gauge => Family(gauge, source.Readings?.Where(r => r.Gauge == gauge) ?? []))
        );
        var readable = read.Select(s => Readable.Of(s.Readings is null ? 0 : 1, ("subject", s.Gauges.Subject)));
        return [.. families, Family(Readable, readable)];
    }

    private static Family Family(Gauge gauge, IEnumerable<Reading> readings) =>
        new(gauge.Name, FamilyKind.Gauge, gauge.Help, [.. readings.Select(reading => reading.Sample)]);
}
