using System.Runtime.InteropServices;

namespace ShortsDaemon.FakeTool.Verbs;

internal static partial class Native
{
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int pid, int signal);

    /// <summary>Handler 0 is the system's own.</summary>
    [LibraryImport("libc", EntryPoint = "signal")]
    public static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);
}
