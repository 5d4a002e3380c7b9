using System.Globalization;

namespace ShortsDaemon.Host.Jobs;

/// <summary>How long the machine has been up, sleep included. Linux tells; elsewhere nobody is asked.</summary>
internal static class MachineUptime
{
    private const string File = "/proc/uptime";

    public static TimeSpan? Read()
    {
        if (!OperatingSystem.IsLinux() || !System.IO.File.Exists(File))
            return null;
        var seconds = System.IO.File.ReadAllText(File).Split(' ')[0];
        return TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
    }
}
