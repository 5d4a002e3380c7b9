using System.Globalization;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Disk;

/// <summary>Lets work begin only where its room is there, and stops it before the disk is full.</summary>
public sealed class DiskGuard(ReadRoom read, LiveOptions options, TimeProvider time)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly List<Promise> _promises = [];

    // By folder: the smallest piece of work that was turned away there.
    private readonly Dictionary<string, long> _turnedAway = new(StringComparer.Ordinal);
    private readonly HashSet<string> _paused = new(StringComparer.Ordinal);

    /// <summary>Does work that writes into an item's work folder.</summary>
    /// <param name="files">The work folder.</param>
    /// <param name="needed">Bytes it is going to write; kept for it while it runs.</param>
    /// <param name="work">The work; its token also ends it when the disk runs full.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="NoRoomException">There is not enough room, or no longer.</exception>
    public async Task<T> RunAsync<T>(
        WorkFolder files,
        long needed,
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancel
    )
    {
        var folder = Path.GetDirectoryName(files.Root)!;
        var promise = Admit(folder, new Promise(files.Root, needed, SizeOf(files.Root)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        string? why = null;
        void Look(object? _)
        {
            if ((why ??= Marks.WhyStopped(read(folder))) is not null)
                stop.Cancel();
        }
        try
        {
            await using (time.CreateTimer(Look, null, LookInterval, LookInterval))
                return await work(stop.Token);
        }
        catch (OperationCanceledException) when (why is not null && !cancel.IsCancellationRequested)
        {
            lock (_lock)
                TurnAway(folder, needed);
            throw new NoRoomException(why);
        }
        finally
        {
            lock (_lock)
                _promises.Remove(promise);
        }
    }

    /// <param name="folder">Where the bytes go.</param>
    /// <param name="needed">How many.</param>
    /// <exception cref="NoRoomException">There is not enough room.</exception>
    public void Require(string folder, long needed)
    {
        lock (_lock)
            if (WhyNot(folder, needed) is { } reason)
            {
                TurnAway(folder, needed);
                throw new NoRoomException(reason);
            }
    }

    /// <returns>Whether work that was turned away would be let in now. Said once; then it is up to whoever is told.</returns>
    public bool IsRoomAgain()
    {
        lock (_lock)
        {
            var open = _turnedAway.Where(t => WhyNot(t.Key, t.Value) is null).Select(t => t.Key).ToList();
            open.ForEach(folder => _turnedAway.Remove(folder));
            return open.Count > 0;
        }
    }

    private DiskMarks Marks => new(options.Value.Health);

    private Promise Admit(string folder, Promise promise)
    {
        lock (_lock)
        {
            Require(folder, promise.Bytes + _promises.Sum(p => p.Left()));
            _promises.Add(promise);
            return promise;
        }
    }

    private void TurnAway(string folder, long needed) =>
        _turnedAway[folder] = Math.Min(needed, _turnedAway.GetValueOrDefault(folder, long.MaxValue));

    private string? WhyNot(string folder, long needed)
    {
        var (room, marks) = (read(folder), Marks);
        if (marks.WhyPaused(room, _paused.Contains(folder)) is { } reason)
        {
            _paused.Add(folder);
            return reason;
        }
        _paused.Remove(folder);
        if (room.FreeBytes - needed >= marks.Pause)
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"only {room.FreeMiB:0} MiB are free at '{folder}'; {needed / DiskRoom.MiB:0} MiB are needed and {marks.Pause / DiskRoom.MiB:0} MiB have to stay free (Health:DiskMinimumMiB)"
        );
    }

    // Files come and go while it is counted; then a little more is kept free than would have to be.
    private static long SizeOf(string folder)
    {
        try
        {
            var root = new DirectoryInfo(folder);
            return root.Exists ? root.EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private sealed record Promise(string Folder, long Bytes, long SizeBefore)
    {
        /// <summary>What of it is not written yet.</summary>
        public long Left() => Math.Clamp(Bytes - (SizeOf(Folder) - SizeBefore), 0, Bytes);
    }
}

/// <summary>The disk has not got the room for it. It waits; that is no failure of the item.</summary>
public sealed class NoRoomException(string message) : UnavailableException(message);
