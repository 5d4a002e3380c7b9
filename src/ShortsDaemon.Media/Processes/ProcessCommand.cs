namespace ShortsDaemon.Media.Processes;

/// <summary>An immutable description of one run of an external program. Starting it is <see cref="ProcessRunner"/>'s job.</summary>
/// <param name="Program">Name (searched on PATH) or path of the executable.</param>
/// <param name="Arguments">The argument list, one entry per argument; never a glued string.</param>
public sealed record ProcessCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Folder the program starts in; null keeps the daemon's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the inherited environment; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public ProcessLimits Limits { get; init; } = new();

    public StopRequest Stop { get; init; } = StopRequest.Terminate;

    /// <summary>Runs at nice 10, so that a live stream on the same box keeps its cores.</summary>
    public bool LowPriority { get; init; }

    /// <summary>The program's file name, for messages.</summary>
    public string DisplayName => Path.GetFileName(Program);
}

/// <summary>How long a process may run, be silent, and take to stop.</summary>
public sealed record ProcessLimits
{
    /// <summary>Longest run; the process tree is stopped after it. Default 10 minutes;
    /// <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time without progress, see <see cref="OutputHandlers.IsProgress"/>; null: not watched.</summary>
    public TimeSpan? Stall { get; init; }

    /// <summary>Time between asking to stop and killing the whole tree. Default 3 s. A program that ignores the quit key
    /// is sent SIGTERM after half of it.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(3);
}

/// <summary>How a process is asked to stop before it is killed.</summary>
public enum StopRequest
{
    /// <summary>SIGTERM to the process group.</summary>
    Terminate,

    /// <summary>SIGINT to the process group.</summary>
    Interrupt,

    /// <summary>The letter q on standard input, ffmpeg's own way to finish its file.</summary>
    QuitKey,
}
