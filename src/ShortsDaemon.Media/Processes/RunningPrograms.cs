using System.Diagnostics;

namespace ShortsDaemon.Media.Processes;

/// <summary>What else runs on this machine, whoever started it.</summary>
public static class RunningPrograms
{
    /// <param name="names">Names of programs, without folder or ending; case does not count.</param>
    /// <returns>The name of the first one that runs; null: none does.</returns>
    public static string? FirstOf(IReadOnlyCollection<string> names)
    {
        string? found = null;
        foreach (var process in Process.GetProcesses())
            using (process)
                found ??=
                    NameOf(process) is { } name && names.Contains(name, StringComparer.OrdinalIgnoreCase) ? name : null;
        return found;
    }

    private static string? NameOf(Process process)
    {
        try
        {
            return process.ProcessName;
        }
        catch (InvalidOperationException)
        {
            return null; // it ended while we looked
        }
    }
}
