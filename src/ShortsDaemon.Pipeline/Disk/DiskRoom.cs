namespace ShortsDaemon.Pipeline.Disk;

/// <summary>Room on the disk a folder lies on, or will lie on once it is made.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="FreeBytes">What we may still write.</param>
/// <param name="TotalBytes">Size of the disk; 0: it has none.</param>
/// <param name="FreeInodes">How many files can still be made; null: there is no such limit.</param>
/// <param name="Disk">The same for folders on one disk.</param>
/// <param name="Problem">Why it cannot be told; null when it can.</param>
public sealed record DiskRoom(
    string Folder,
    long FreeBytes,
    long TotalBytes,
    long? FreeInodes = null,
    string Disk = "",
    string? Problem = null
)
{
    public const double MiB = 1024 * 1024;

    public double FreeMiB => FreeBytes / MiB;
    public double FreePercent => TotalBytes > 0 ? 100.0 * FreeBytes / TotalBytes : 100;

    public static DiskRoom Of(string folder)
    {
        try
        {
            var place = Existing(folder);
            var disk = new DriveInfo(place);
            var (free, total) = (disk.AvailableFreeSpace, disk.TotalSize);
            var (inodes, id) = FileSystemFacts.Of(place);
            return new DiskRoom(folder, free, total, inodes, FormattableString.Invariant($"{id}:{total}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new DiskRoom(folder, 0, 0, Disk: folder, Problem: e.Message);
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

/// <summary>Looks how much room there is.</summary>
public delegate DiskRoom ReadRoom(string folder);
