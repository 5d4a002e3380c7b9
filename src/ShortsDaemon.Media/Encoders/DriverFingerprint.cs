namespace ShortsDaemon.Media.Encoders;

/// <summary>A text that changes when the graphics hardware or its driver does.</summary>
internal static class DriverFingerprint
{
    private const string RenderNodes = "/dev/dri";
    private const string NvidiaVersion = "/proc/driver/nvidia/version";

    public static string Read() =>
        string.Join("; ", [Environment.OSVersion.VersionString, .. Nodes(), .. NvidiaDriver()]);

    private static IEnumerable<string> Nodes() =>
        Directory.Exists(RenderNodes)
            ? Directory.EnumerateFileSystemEntries(RenderNodes).Order(StringComparer.Ordinal)
            : [];

    private static IEnumerable<string> NvidiaDriver() =>
        File.Exists(NvidiaVersion) ? File.ReadLines(NvidiaVersion).Take(1) : [];
}
