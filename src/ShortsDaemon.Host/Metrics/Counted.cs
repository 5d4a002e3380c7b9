using System.Diagnostics.Metrics;
using System.Globalization;

namespace ShortsDaemon.Host.Metrics;

/// <summary>What one counter or histogram has reported so far, series by series. Safe to use from many threads.</summary>
internal sealed class Counted
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly string _name;
    private readonly string _help;

    // Upper limits; null: a counter.
    private readonly double[]? _limits;

    public Counted(Instrument instrument)
    {
        _limits = instrument is Histogram<double> histogram
            ? [.. histogram.Advice?.HistogramBucketBoundaries ?? [], double.PositiveInfinity]
            : null;
        _name = NameOf(instrument, isCounter: _limits is null);
        _help = instrument.Description ?? "";
    }

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new (string Name, string Value)[tags.Length];
        for (var i = 0; i < tags.Length; i++)
            labels[i] = (tags[i].Key, Convert.ToString(tags[i].Value, CultureInfo.InvariantCulture) ?? "");
        var key = string.Join('\0', labels.Select(label => label.Value));
        lock (_lock)
        {
            if (!_series.TryGetValue(key, out var series))
                _series[key] = series = new Series(labels, new long[_limits?.Length ?? 1]);
            series.Sum += value;
            series.Counts[_limits is null ? 0 : Array.FindIndex(_limits, limit => value <= limit)]++;
        }
    }

    public Family Read()
    {
        lock (_lock)
        {
            return new Family(
                _name,
                _limits is null ? FamilyKind.Counter : FamilyKind.Histogram,
                _help,
                [.. _series.OrderBy(s => s.Key, StringComparer.Ordinal).SelectMany(s => Samples(s.Value))]
            );
        }
    }

    private IEnumerable<Sample> Samples(Series series)
    {
        if (_limits is null)
        {
            yield return new Sample("", series.Labels, series.Sum);
            yield break;
        }
        var upTo = 0L;
        foreach (var (limit, count) in _limits.Zip(series.Counts))
        {
            upTo += count;
            yield return new Sample("_bucket", [.. series.Labels, ("le", PrometheusText.Number(limit))], upTo);
        }
        yield return new Sample("_sum", series.Labels, series.Sum);
        yield return new Sample("_count", series.Labels, upTo);
    }

    // shortsdaemon.stage.duration in s is shortsdaemon_stage_duration_seconds.
    private static string NameOf(Instrument instrument, bool isCounter)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return instrument.Name.Replace('.', '_') + unit + (isCounter ? "_total" : "");
    }

    private sealed record Series(IReadOnlyList<(string Name, string Value)> Labels, long[] Counts)
    {
        public double Sum { get; set; }
    }
}
