namespace ShortsDaemon.Host.Metrics;

internal enum FamilyKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>All series of one name.</summary>
/// <param name="Name">With unit and, of a counter, _total.</param>
/// <param name="Kind">How it behaves.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Samples">Its values now; none: nothing is known yet.</param>
internal sealed record Family(string Name, FamilyKind Kind, string Help, IReadOnlyList<Sample> Samples);

/// <summary>One value of one series.</summary>
/// <param name="Suffix">Of a histogram _bucket, _sum or _count; otherwise empty.</param>
/// <param name="Labels">In the order in which they are written.</param>
/// <param name="Value">In the unit of the name.</param>
internal sealed record Sample(string Suffix, IReadOnlyList<(string Name, string Value)> Labels, double Value);
