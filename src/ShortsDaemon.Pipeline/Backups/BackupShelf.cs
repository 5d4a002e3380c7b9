using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>The folder of the backups, held by one process at a time while it makes or removes some.</summary>
public sealed class BackupShelf : IDisposable
{
    private const string Unfinished = ".part";

    private readonly FileStream _door;

    private BackupShelf(string folder, FileStream door) => (Folder, _door) = (folder, door);

    public string Folder { get; }

    /// <exception cref="BackupException">It is not there, cannot be written, or another process has it.</exception>
    internal static BackupShelf Enter(BackupOptions options, DataFolder data)
    {
        var folder = options.Directory;
        try
        {
            // Any other one may be the place where a disk is mounted, and this one only looks like it.
            if (Path.GetFullPath(folder).StartsWith(data.Root.TrimEnd('/') + "/", StringComparison.Ordinal))
                Directory.CreateDirectory(folder);
            if (!Directory.Exists(folder))
                throw new BackupException(
                    $"The directory of the backups '{folder}' is not there. Mount its disk, or make it once: mkdir -p '{folder}'"
                );
            var door = new FileStream(
                Path.Combine(folder, ".lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            var shelf = new BackupShelf(folder, door);
            shelf.RemoveUnfinished();
            return shelf;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupException(
                $"The directory of the backups '{folder}' cannot be used: {e.Message} Check its owner and how its disk is mounted; if another backup is being made there, wait for it.",
                e
            );
        }
    }

    /// <returns>All backups, the newest first, with those that are not whole at the end.</returns>
    public static IReadOnlyList<Backup> List(string folder) =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateDirectories(folder)
                    .Where(path => Path.GetFileName(path)[0] != '.' && IsOurs(path))
                    .Select(Backup.At)
                    .OrderByDescending(backup => backup.Manifest?.MadeAt)
                    .ThenByDescending(backup => backup.Name, StringComparer.Ordinal),
            ]
            : [];

    /// <summary>Where a backup of this name is put together.</summary>
    internal string PartOf(string name) => Path.Combine(Folder, $".{name}{Unfinished}");

    internal string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose() => _door.Dispose();

    // The folder may be used for other things, too.
    private static bool IsOurs(string path) =>
        Path.GetFileName(path).StartsWith("shorts-", StringComparison.Ordinal)
        || File.Exists(Path.Combine(path, BackupManifest.FileName));

    // Of a process that was killed.
    private void RemoveUnfinished()
    {
        foreach (var part in Directory.EnumerateDirectories(Folder, $".shorts-*{Unfinished}"))
            Directory.Delete(part, recursive: true);
    }
}
