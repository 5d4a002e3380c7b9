using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Streaming;

/// <summary>Says which of these programs runs on this machine; null: none.</summary>
public delegate string? FindRunning(IReadOnlyCollection<string> names);

/// <summary>While the owner streams from this machine, the processor and the line are theirs: new work on clips waits.</summary>
public sealed class OwnStream(FindRunning find, LiveOptions options, TimeProvider time, ILogger<OwnStream> log)
{
    /// <summary>How often an item that waits looks again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // Going through all processes for each item of a long queue would be a load of its own.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long? _lookedAt;
    private string? _program;

    /// <returns>Whether a stage weighs on a stream. Uploads keep their slots; they have a limit of their own.</returns>
    public static bool Disturbs(ItemState stage) => stage is ItemState.Download or ItemState.Render or ItemState.Gate;

    /// <returns>Why new work waits; null: it need not.</returns>
    public string? WhyWait() =>
        Program() is { } program
            ? $"'{program}' is running on this machine; it goes on when that has ended (Encoding:PauseWhileRunning)"
            : null;

    private string? Program()
    {
        var names = options.Value.Encoding.StreamingPrograms;
        if (names.Count == 0)
            return null;
        lock (_lock)
        {
            if (_lookedAt is { } at && time.GetElapsedTime(at) < Fresh)
                return _program;
            var found = find(names);
            if (found is not null && _program is null)
                log.LogInformation("{Program} is running: new downloads and encodes wait", found);
            if (found is null && _program is not null)
                log.LogInformation("{Program} has ended: the work goes on", _program);
            (_program, _lookedAt) = (found, time.GetTimestamp());
            return found;
        }
    }
}
