namespace ShortsDaemon.Media.Processes;

/// <summary>The one place that starts external programs.</summary>
/// <param name="time">Clock of the time and stall limits.</param>
/// <param name="ownerTag">Marks every started process in its environment, so that <see cref="OrphanedProcesses"/> finds
/// those which outlived a killed daemon; normally the data directory.</param>
public sealed class ProcessRunner(TimeProvider time, string ownerTag)
{
    /// <summary>How many of the last lines of standard error are kept.</summary>
    public const int TailLines = 40;

    /// <summary>Environment variable that carries the owner's tag.</summary>
    public const string OwnerVariable = "SHORTSDAEMON_OWNER";

    /// <summary>Environment variable that marks the processes of one run. Whoever has neither outlives the run.</summary>
    public const string RunVariable = Launch.RunVariable;

    /// <summary>Runs the command to its end. Whatever it leaves running in its process group is killed then.</summary>
    /// <returns>The result, whatever the exit code.</returns>
    /// <exception cref="ToolMissingException">The program is not there or not executable.</exception>
    /// <exception cref="ProcessTimeoutException">A limit was hit and the whole tree is gone; or it survived SIGKILL.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the whole tree is gone.</exception>
    /// <remarks>What a handler throws comes out of here as it is; the whole tree is gone then, too.</remarks>
    public async Task<ProcessResult> RunAsync(ProcessCommand command, OutputHandlers output, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var started = time.GetTimestamp();
        var runMark = Guid.NewGuid().ToString("N");
        using var process = Launch.Start(command, ownerTag, runMark);
        var tree = new ProcessTree(process, command, Launch.OwnGroups, runMark);
        var run = new RunningProcess(process, tree, command, output, time);
        var exitCode = await run.WaitAsync(cancel).ConfigureAwait(false);
        var result = new ProcessResult(exitCode, run.ErrorTail, time.GetElapsedTime(started));
        if (run.LimitReached is { } limit)
            throw ProcessTimeoutException.ForLimit(command, limit, result);
        return Launch.Refusal(result) is { } refusal
            ? throw new ToolMissingException($"'{command.Program}' could not be started: {refusal}")
            : result;
    }

    /// <summary>Runs the command and treats any exit code but 0 as a failure.</summary>
    /// <exception cref="ProcessFailedException">With the last lines of standard error.</exception>
    public async Task<ProcessResult> RequireAsync(
        ProcessCommand command,
        OutputHandlers output,
        CancellationToken cancel
    )
    {
        var result = await RunAsync(command, output, cancel).ConfigureAwait(false);
        return result.Succeeded ? result : throw ProcessFailedException.ForExit(command, result);
    }
}
