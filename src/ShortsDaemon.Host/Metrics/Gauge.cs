namespace ShortsDaemon.Host.Metrics;

/// <summary>A figure that is read when somebody asks.</summary>
/// <param name="Name">With its unit, as Prometheus wants it.</param>
/// <param name="Help">One sentence.</param>
internal sealed record Gauge(string Name, string Help)
{
    public Reading Of(double value, params IEnumerable<(string Name, string Value)> labels) =>
        new(this, new Sample("", [.. labels], value));
}

/// <param name="Gauge">Of what.</param>
/// <param name="Sample">One value of it.</param>
internal sealed record Reading(Gauge Gauge, Sample Sample);

/// <summary>Reads some gauges.</summary>
internal interface IGauges
{
    /// <summary>What they are about, in one word.</summary>
    string Subject { get; }

    /// <summary>All that there may be.</summary>
    IReadOnlyList<Gauge> All { get; }

    /// <returns>Those that have a value now.</returns>
    Task<IReadOnlyList<Reading>> ReadAsync(CancellationToken cancel);
}
