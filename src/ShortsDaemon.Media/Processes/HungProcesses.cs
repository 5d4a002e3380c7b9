namespace ShortsDaemon.Media.Processes;

/// <summary>Ends programs whose run does not come to its end although it was cancelled.</summary>
public static class HungProcesses
{
    /// <param name="ownerTag">The tag that <see cref="ProcessRunner"/> has put into their environment.</param>
    /// <param name="folder">Only those that were given a path in this folder; null: all.</param>
    /// <returns>How many were sent SIGKILL. Always 0 on macOS.</returns>
    public static int Kill(string ownerTag, string? folder = null)
    {
        var own = ProcessStat.Ancestry(Environment.ProcessId);
        return MarkedProcesses
            .Find(ProcessRunner.OwnerVariable, ownerTag)
            .Where(id => !own.Contains(id) && (folder is null || Names(id, folder)))
            .Count(id => Signals.Send(id, Signals.Kill));
    }

    private static bool Names(int id, string folder)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains(folder + "/", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it ended meanwhile
        }
    }
}
