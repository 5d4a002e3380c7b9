using System.Collections.Concurrent;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs.Fires;

/// <summary>What kept schedules from firing, as far as this process has seen it.</summary>
internal sealed class Disturbances(TimeProvider time)
{
    private const int MostKept = 100;

    private DateTimeOffset _workingSince = time.GetUtcNow();
    private readonly ConcurrentQueue<Disturbance> _seen = new();
    private readonly ConcurrentDictionary<string, Work> _work = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes at once what else would be noted within half a minute: sleep, a clock that was set.</summary>
    public Action LookAtClock { get; set; } = () => { };

    /// <summary>The clock went from one time to another without the time between.</summary>
    public void Note(FireCause cause, DateTimeOffset from, DateTimeOffset until)
    {
        _seen.Enqueue(new Disturbance(cause, from, until));
        if (_seen.Count > MostKept)
            _seen.TryDequeue(out _);
    }

    /// <summary>The start is over: until now nobody fired.</summary>
    public void WorkBegins() => _workingSince = time.GetUtcNow();

    public void RunBegins(string channel) => _work[channel] = new Work(time.GetUtcNow(), null);

    public void RunEnds(string channel)
    {
        if (_work.TryGetValue(channel, out var work) && work.Until is null)
            _work[channel] = work with { Until = time.GetUtcNow() };
    }

    /// <returns>Whether the channel is at a run now.</returns>
    public bool IsRunning(string channel) => _work.TryGetValue(channel, out var work) && work.Until is null;

    /// <returns>Why a time of this channel passed without its run; what weighs more comes first.</returns>
    public FireCause CauseOf(string channel, DateTimeOffset due)
    {
        LookAtClock();
        if (_seen.FirstOrDefault(d => d.From <= due && due <= d.Until) is { } disturbance)
            return disturbance.Cause;
        if (due <= _workingSince)
            return FireCause.Down;
        var busy = _work.TryGetValue(channel, out var work) && work.From <= due && (work.Until ?? due) >= due;
        return busy ? FireCause.Busy : FireCause.Unknown;
    }

    private sealed record Disturbance(FireCause Cause, DateTimeOffset From, DateTimeOffset Until);

    private sealed record Work(DateTimeOffset From, DateTimeOffset? Until);
}
