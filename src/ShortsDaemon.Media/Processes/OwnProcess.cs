using System.Runtime.InteropServices;

namespace ShortsDaemon.Media.Processes;

/// <summary>This very process.</summary>
public static partial class OwnProcess
{
    /// <summary>
    /// Ends at once. Nothing is asked, waited for or cleaned up: for a process whose own threads do not obey any more.
    /// </summary>
    public static void End(int code) => SysExit(code);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void SysExit(int code);
}
