using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ShortsDaemon.Host.Metrics;

/// <summary>Adds up what the instruments of some meters report, from its making on.</summary>
internal sealed class Tally : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Counted> _counted = new();

    public Tally(params IReadOnlyCollection<Meter> meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (meters.Contains(instrument.Meter))
                listener.EnableMeasurementEvents(instrument, _counted.GetOrAdd(instrument, i => new Counted(i)));
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, counted) => ((Counted)counted!).Add(value, tags));
        _listener.SetMeasurementEventCallback<double>(
            (_, value, tags, counted) => ((Counted)counted!).Add(value, tags)
        );
        _listener.Start();
    }

    public IReadOnlyList<Family> Read() => [.. _counted.Values.Select(counted => counted.Read())];

    public void Dispose() => _listener.Dispose();
}
