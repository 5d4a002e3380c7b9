namespace ShortsDaemon.Host.Health;

/// <summary>Free space of the disk a folder lies on, or will lie on once it is made.</summary>
/// <param name="Problem">Why it cannot be told; null when it can.</param>
internal sealed record DiskRoom(string Folder, double FreeMiB, double FreePercent, string? Problem = null)
{
    private const double MiB = 1024 * 1024;

    public static DiskRoom Of(string folder)
    {
        try
        {
            var disk = new DriveInfo(Existing(folder));
            var (free, total) = (disk.AvailableFreeSpace, disk.TotalSize);
            return new DiskRoom(folder, free / MiB, total > 0 ? 100.0 * free / total : 100);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new DiskRoom(folder, 0, 0, e.Message);
        }
    }

    private static string Existing(string folder)
    {
        var at = Path.GetFullPath(folder);
        while (!Directory.Exists(at) && Path.GetDirectoryName(at) is { } above)
            at = above;
        return at;
    }
}
