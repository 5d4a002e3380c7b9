using System.Runtime.InteropServices;

namespace ShortsDaemon.Media.Processes;

/// <summary>Unix signals to a process or, with a negative id, to its whole group.</summary>
public static partial class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <returns>False when there is nobody left to signal.</returns>
    public static bool Send(int processOrGroup, int signal) => SysKill(processOrGroup, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SysKill(int pid, int signal);
}
