using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Metrics;

/// <summary>The room wherever the daemon writes.</summary>
internal sealed class DiskGauges(LiveOptions live, DataFolder data, ReadRoom read, DiskWatch watch) : IGauges
{
    private static readonly Gauge Free = new("shortsdaemon_disk_free_bytes", "What may still be written, by place");
    private static readonly Gauge Size = new("shortsdaemon_disk_size_bytes", "Size of the disk, by place");

    private static readonly Gauge Inodes = new(
        "shortsdaemon_disk_free_inodes",
        "How many files can still be made, by place; left out where there is no such limit"
    );

    private static readonly Gauge Left = new(
        "shortsdaemon_disk_left_seconds",
        "When the room will be used up if it goes on like the last day, by place; left out while it does not get less"
    );

    public string Subject => "disk";
    public IReadOnlyList<Gauge> All { get; } = [Free, Size, Inodes, Left];

    public Task<IReadOnlyList<Reading>> ReadAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Reading>>([
            .. DiskPlace.Of(live.Value, data).DistinctBy(place => place.Name).SelectMany(Read),
        ]);

    private IEnumerable<Reading> Read(DiskPlace place)
    {
        var room = read(place.Folder);
        if (room.Problem is not null)
            yield break;
        var label = ("place", place.Name);
        yield return Free.Of(room.FreeBytes, label);
        if (room.TotalBytes > 0)
            yield return Size.Of(room.TotalBytes, label);
        if (room.FreeInodes is { } inodes)
            yield return Inodes.Of(inodes, label);
        if (watch.HoursLeft(place.Name) is { } hours)
            yield return Left.Of(TimeSpan.FromHours(Math.Min(hours, 1e6)).TotalSeconds, label);
    }
}
