using System.ComponentModel;
using System.Diagnostics;

namespace ShortsDaemon.Media.Processes;

/// <summary>A started program with everything it has started itself. Stops all of it.</summary>
/// <param name="leader">The program that was started.</param>
/// <param name="command">What it was started with: how it is asked to stop, and how long it may take.</param>
/// <param name="hasOwnGroup">Whether the leader's id is also the id of a process group of its own.</param>
/// <param name="runMark">Value of <see cref="Launch.RunVariable"/> in the environment of this tree alone.</param>
internal sealed class ProcessTree(Process leader, ProcessCommand command, bool hasOwnGroup, string runMark)
{
    // Only a process that hangs in the kernel (a dead network mount) survives SIGKILL for long.
    private static readonly TimeSpan KillGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly int _id = leader.Id;

    /// <summary>Asks the program to stop, and kills whatever of the tree is left once it ended or the grace is over.</summary>
    /// <exception cref="ProcessTimeoutException">Something survived even SIGKILL.</exception>
    public async Task StopAsync()
    {
        var (how, grace) = (command.Stop, command.Limits.StopGrace);
        var ended = false;
        if (how == StopRequest.QuitKey && await TryPressQuitAsync().ConfigureAwait(false))
        {
            grace /= 2; // the second half is for the signal, should the letter be ignored
            ended = await EndsWithinAsync(grace).ConfigureAwait(false);
        }
        if (!ended)
        {
            Signal(how == StopRequest.Interrupt ? Signals.Interrupt : Signals.Terminate);
            await EndsWithinAsync(grace).ConfigureAwait(false);
        }
        await KillAsync().ConfigureAwait(false);
    }

    /// <summary>Kills what the ended program has left behind in its group.</summary>
    public void KillGroup()
    {
        if (hasOwnGroup)
            Signals.Send(-_id, Signals.Kill);
    }

    /// <summary>Kills the whole tree, members that left the group included, and waits until it is gone.</summary>
    /// <exception cref="ProcessTimeoutException">Something survived.</exception>
    public async Task KillAsync()
    {
        KillLeader();
        KillGroup();
        var start = Stopwatch.GetTimestamp();
        while (MarkedProcesses.Find(Launch.RunVariable, runMark) is { Count: > 0 } left)
        {
            foreach (var id in left)
                Signals.Send(id, Signals.Kill);
            if (Stopwatch.GetElapsedTime(start) > KillGrace)
                throw Unstoppable();
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }
        if (!await EndsWithinAsync(KillGrace).ConfigureAwait(false))
            throw Unstoppable();
    }

    private ProcessTimeoutException Unstoppable() =>
        new($"{command.DisplayName} survived SIGKILL, it may be waiting for a dead disk or network mount");

    private void KillLeader()
    {
        if (leader.HasExited)
            return;
        try
        {
            leader.Kill(entireProcessTree: !hasOwnGroup);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            Signals.Send(_id, Signals.Kill); // parts of the tree ended meanwhile: the leader must not be forgotten for it
        }
    }

    private async Task<bool> EndsWithinAsync(TimeSpan grace)
    {
        // Real time: a test's clock stands still while the process ends.
        using var late = new CancellationTokenSource(grace, TimeProvider.System);
        await leader.WaitForExitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return leader.HasExited;
    }

    private async Task<bool> TryPressQuitAsync()
    {
        try
        {
            // Past the writer's buffer: a letter left in there would be written, and fail, once more on closing.
            await leader.StandardInput.BaseStream.WriteAsync("q"u8.ToArray()).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false; // it closed its standard input: a signal says the same
        }
    }

    private void Signal(int signal)
    {
        // Right after the start setsid may not have made the group yet.
        if (!(hasOwnGroup && Signals.Send(-_id, signal)) && !leader.HasExited)
            Signals.Send(_id, signal);
    }
}
