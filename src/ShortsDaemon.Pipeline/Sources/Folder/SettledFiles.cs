using System.Collections.Concurrent;

namespace ShortsDaemon.Pipeline.Sources.Folder;

/// <summary>Tells files that are whole from files that somebody still writes.</summary>
internal sealed class SettledFiles(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>
    /// A file is whole when its size and time have stood still for the given time: since its own time stamp, when that is
    /// long past already, or since we first saw it so.
    /// </summary>
    public bool IsWhole(FileInfo file, TimeSpan settle)
    {
        var real = FolderFiles.Real(file);
        if (!real.Exists)
            return true; // nothing to wait for, see FolderFiles
        // Elapsed time, not the wall's: somebody may set the clock meanwhile.
        var now = time.GetTimestamp();
        var stamp = new Stamp(real.Length, real.LastWriteTimeUtc);
        var seen = _seen.AddOrUpdate(
            file.FullName,
            _ => new Seen(stamp, now),
            (_, before) => before.Stamp == stamp ? before : new Seen(stamp, now)
        );
        if (time.GetElapsedTime(seen.Since, now) >= settle)
            return true;
        // Touched long ago and not by a clock ahead of ours: no need to watch it. Copies keep old times, so a fresh
        // creation time still has to be waited for.
        var changed = real.CreationTimeUtc > real.LastWriteTimeUtc ? real.CreationTimeUtc : real.LastWriteTimeUtc;
        return time.GetUtcNow().UtcDateTime - changed >= settle + settle;
    }

    /// <summary>
    /// Drops what is no longer in the folder. What another channel sees there (subfolders) or in a folder whose name begins
    /// alike stays: it would never come to rest.
    /// </summary>
    public void Forget(string folder, IReadOnlyList<FileInfo> present)
    {
        var names = present.Select(file => file.FullName).ToHashSet(StringComparer.Ordinal);
        var inside = Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;
        foreach (var name in _seen.Keys.Where(name => name.StartsWith(inside, StringComparison.Ordinal)))
        {
            if (!names.Contains(name) && !File.Exists(name))
                _seen.TryRemove(name, out _);
        }
    }

    private sealed record Stamp(long Length, DateTime LastWrite);

    private sealed record Seen(Stamp Stamp, long Since);
}
