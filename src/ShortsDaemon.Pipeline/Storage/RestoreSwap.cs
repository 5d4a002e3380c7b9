using System.Globalization;
using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>
/// Puts a restored database, whole and ready, in the place of the old one, which is kept beside. A process that was killed
/// in between left it half done; the next one goes on, so that nobody ever works with the new file and the old log.
/// </summary>
internal static class RestoreSwap
{
    private static readonly string[] Parts = ["-wal", "-shm", ""];

    /// <summary>What a whole restored database is called until it is in place.</summary>
    public static string Ready(string path) => path + ".restored";

    /// <summary>Call while holding the instance lock.</summary>
    /// <param name="path">The database.</param>
    /// <returns>Where the replaced one lies; null: there was none.</returns>
    public static string? Finish(string path)
    {
        var ready = Ready(path);
        if (!File.Exists(ready))
            return null;
        var time = File.GetLastWriteTimeUtc(ready).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string? replaced = null;
        foreach (var part in Parts.Where(part => File.Exists(path + part)))
        {
            var aside = Free($"{path}.replaced-{time}", part);
            File.Move(path + part, aside);
            if (part.Length == 0)
                replaced = aside;
        }
        File.Move(ready, path);
        DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return replaced;
    }

    private static string Free(string name, string part)
    {
        var free = name;
        for (var number = 2; File.Exists(free + part); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        return free + part;
    }
}
