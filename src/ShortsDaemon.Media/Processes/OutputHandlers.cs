namespace ShortsDaemon.Media.Processes;

/// <summary>What happens with the lines a process writes. Handlers are called from one reader per stream, in order;
/// the two readers run side by side. A handler that throws stops the process and its exception leaves the run. A slow handler
/// slows the program down.</summary>
public sealed record OutputHandlers
{
    public static OutputHandlers None { get; } = new();

    /// <summary>Called for each line of standard output, without its line end; lines over 64 KiB are cut.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>Called for each line of standard error; the last lines are kept for the exception anyway.</summary>
    public Action<string>? OnError { get; init; }

    /// <summary>Tells whether an output line shows that work moves on (resets the stall limit). Default: every line does.</summary>
    public Func<string, bool> IsProgress { get; init; } = _ => true;
}
