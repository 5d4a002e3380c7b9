namespace ShortsDaemon.Media.Processes;

/// <summary>Ends programs that outlived a daemon killed with SIGKILL, before they write into the new daemon's files.</summary>
public static class OrphanedProcesses
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Finds processes by the tag <see cref="ProcessRunner"/> put into their environment, asks them to stop, and
    /// kills those still there after 3 s. The caller, its ancestors and its descendants are left alone. Call it at start,
    /// once the data directory is locked: another daemon with the same tag would lose its work.</summary>
    /// <returns>How many there were. Always 0 on macOS, where launchd kills the whole group of a job that ended.</returns>
    public static async Task<int> StopAllAsync(string ownerTag, TimeProvider time, CancellationToken cancel)
    {
        var seen = new HashSet<int>();
        var started = time.GetTimestamp();
        var asked = false;
        while (Find(ownerTag) is { Count: > 0 } orphans)
        {
            cancel.ThrowIfCancellationRequested();
            seen.UnionWith(orphans);
            var elapsed = time.GetElapsedTime(started);
            if (elapsed > Grace)
                Send(orphans, Signals.Kill);
            else if (!asked)
                Send(orphans, Signals.Terminate);
            asked = true;
            if (elapsed > Grace * 3)
                break; // hangs in the kernel: nothing on this side can end it
            await Task.Delay(Pause, time, cancel).ConfigureAwait(false);
        }
        return seen.Count;
    }

    private static List<int> Find(string ownerTag)
    {
        var marked = MarkedProcesses.Find(ProcessRunner.OwnerVariable, ownerTag);
        var own = ProcessStat.Ancestry(Environment.ProcessId);
        return [.. marked.Where(id => !own.Contains(id) && !ProcessStat.Ancestry(id).Contains(Environment.ProcessId))];
    }

    // The group as well, for members that dropped the mark; but only one whose leader is an orphan too, never a user's shell.
    private static void Send(List<int> orphans, int signal)
    {
        foreach (var id in orphans)
            Signals.Send(ProcessStat.Read(id)?.Group == id ? -id : id, signal);
    }
}
