using ShortsDaemon.Pipeline.Configuration.Checks;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>Whether two folders are lost together.</summary>
public static class SameDisk
{
    /// <summary>As far as mounts tell it; two parts of one disk look like two disks.</summary>
    public static bool Holds(string one, string other) => MountOf(one) == MountOf(other);

    private static string MountOf(string folder)
    {
        var path = RealPath.Of(Path.GetFullPath(folder)).TrimEnd('/') + "/";
        return DriveInfo
                .GetDrives()
                .Select(drive => drive.Name.TrimEnd('/') + "/")
                .Where(mount => path.StartsWith(mount, StringComparison.Ordinal))
                .MaxBy(mount => mount.Length)
            ?? "/";
    }
}
