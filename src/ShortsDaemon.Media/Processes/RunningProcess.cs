using System.Diagnostics;

namespace ShortsDaemon.Media.Processes;

/// <summary>One started process: has its output read and its limits watched, and its tree stopped when need be.</summary>
internal sealed class RunningProcess(
    Process process,
    ProcessTree tree,
    ProcessCommand command,
    OutputHandlers handlers,
    TimeProvider time
)
{
    // Time for children of the ended program to finish with the pipes they inherited.
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(2);

    private readonly LimitWatch _limits = new(command.Limits, time);
    private readonly ErrorTail _tail = new();

    /// <summary>Which limit ended the process, in words; null when none did.</summary>
    public string? LimitReached { get; private set; }

    public IReadOnlyList<string> ErrorTail => _tail.Lines;

    /// <returns>The exit code, once the process and its output have ended or been stopped.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, and stopped for it.</exception>
    /// <exception cref="ProcessTimeoutException">It could not be killed.</exception>
    public async Task<int> WaitAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var giveUp = new CancellationTokenSource();
        if (command.Stop != StopRequest.QuitKey)
            CloseInput();
        var output = new ProcessOutput(process, handlers, _limits, _tail, stop);
        var end = EndAsync(output, giveUp);
        var limit = WatchLimitsAsync(stop);
        try
        {
            await end.WaitAsync(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var ended = end.IsCompleted;
            await (ended ? end : StopAsync(end)).ConfigureAwait(false);
            output.Failure?.Throw();
            if (ended)
                return process.ExitCode;
            cancel.ThrowIfCancellationRequested();
            LimitReached = await limit.ConfigureAwait(false);
            return process.ExitCode;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await giveUp.CancelAsync().ConfigureAwait(false);
            await limit.ConfigureAwait(false);
            await CompletesWithinAsync(end, PipeGrace).ConfigureAwait(false);
            CloseStreams();
        }
    }

    private static async Task<bool> CompletesWithinAsync(Task task, TimeSpan grace)
    {
        await task.WaitAsync(grace, TimeProvider.System, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    /// <summary>The end of the program and of its output; of what it leaves behind, too.</summary>
    private async Task EndAsync(ProcessOutput output, CancellationTokenSource giveUp)
    {
        var reading = output.ReadAsync(giveUp.Token);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        var closed = await CompletesWithinAsync(reading, PipeGrace).ConfigureAwait(false);
        tree.KillGroup();
        if (!closed)
            await tree.KillAsync().ConfigureAwait(false);
        // With the writers gone the pipes hold a finite rest, which slow handlers may take their time for.
        while (!await CompletesWithinAsync(reading, PipeGrace).ConfigureAwait(false))
            if (output.IsStuckFor(PipeGrace))
                await giveUp.CancelAsync().ConfigureAwait(false); // a writer that could not be killed
        await reading.ConfigureAwait(false);
    }

    private async Task StopAsync(Task end)
    {
        await tree.StopAsync().ConfigureAwait(false);
        await CompletesWithinAsync(end, PipeGrace).ConfigureAwait(false); // for its last words
    }

    private async Task<string?> WatchLimitsAsync(CancellationTokenSource stop)
    {
        var words = await _limits.ReachedAsync(stop.Token).ConfigureAwait(false);
        if (words is not null)
            await stop.CancelAsync().ConfigureAwait(false);
        return words;
    }

    // Process.Dispose leaves streams alone that were asked for.
    private void CloseStreams()
    {
        CloseInput();
        process.StandardOutput.Dispose();
        process.StandardError.Dispose();
    }

    // The pipe itself: its writer would flush first, which throws once the program has closed its end.
    private void CloseInput() => process.StandardInput.BaseStream.Dispose();
}
