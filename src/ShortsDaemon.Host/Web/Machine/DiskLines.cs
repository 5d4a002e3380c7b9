using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Machine;

/// <summary>A disk the daemon writes to.</summary>
/// <param name="Places">What lies there: data, logs, backups, …</param>
/// <param name="Room">How much of it is free.</param>
/// <param name="HoursLeft">When it will be full if it goes on like the last day; null: it does not get less.</param>
public sealed record DiskLine(string Places, DiskRoom Room, double? HoursLeft);

/// <summary>The room on every disk the daemon writes to.</summary>
internal sealed class DiskLines(LiveOptions live, DataFolder data, ReadRoom read, DiskWatch watch)
{
    public IReadOnlyList<DiskLine> Read() =>
        [
            .. DiskPlace
                .Of(live.Value, data)
                .Select(place => (place.Name, Room: read(place.Folder)))
                .GroupBy(place => place.Room.Disk, StringComparer.Ordinal)
                .Select(disk => new DiskLine(
                    string.Join(", ", disk.Select(place => place.Name)),
                    disk.First().Room,
                    disk.Min(place => watch.HoursLeft(place.Name))
                )),
        ];
}
