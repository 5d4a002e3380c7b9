using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Health;

/// <summary>Is there room wherever the daemon writes?</summary>
internal sealed class DiskHealth(LiveOptions live, DataFolder data, ReadRoom read, DiskWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Look(live.Value));

    private HealthCheckResult Look(ShortsOptions options)
    {
        var rooms = DiskPlace.Of(options, data).Select(place => (Place: place, Room: read(place.Folder))).ToList();
        // Several folders of one disk are one trouble.
        var troubles = rooms
            .DistinctBy(room => room.Room.Disk)
            .Select(room => Judge(room.Place, room.Room, options.Health))
            .Where(f => f.Status != HealthStatus.Healthy)
            .ToList();
        var numbers = rooms.SelectMany(room => Numbers(room.Place.Name, room.Room)).ToDictionary();
        return troubles.Count == 0
            ? HealthCheckResult.Healthy("There is room", numbers)
            : new HealthCheckResult(
                troubles.Min(trouble => trouble.Status),
                string.Join(" ", troubles.Select(trouble => $"{trouble.Trouble} ('{trouble.Folder}')."))
                    + " Make room.",
                data: numbers
            );
    }

    private static Finding Judge(DiskPlace place, DiskRoom room, HealthOptions marks)
    {
        var found = Judge(room, marks);
        // Work does not need it, so it must not make the daemon unready.
        return !place.HoldsWork && found.Status == HealthStatus.Unhealthy
            ? new Finding(
                HealthStatus.Degraded,
                Text($"Only {room.FreeMiB:0} MiB are free for {place.Name}"),
                room.Folder
            )
            : found;
    }

    private static Finding Judge(DiskRoom room, HealthOptions marks)
    {
        if (room.Problem is { } problem)
            return new Finding(
                HealthStatus.Degraded,
                $"The free space cannot be read: {problem.TrimEnd('.')}",
                room.Folder
            );
        if (room.FreeMiB < marks.DiskMinimumMiB)
            return new Finding(
                HealthStatus.Unhealthy,
                Text($"Only {room.FreeMiB:0} MiB are free, no new work starts below {marks.DiskMinimumMiB} MiB"),
                room.Folder
            );
        if (new DiskMarks(marks).HasFewInodes(room))
            return new Finding(
                HealthStatus.Unhealthy,
                Text($"Only {room.FreeInodes} more files fit (inodes), no new work starts"),
                room.Folder
            );
        return room.FreePercent < marks.DiskWarnPercent
            ? new Finding(
                HealthStatus.Degraded,
                Text(
                    $"Only {room.FreePercent:0.0} % of the disk are free, at least {marks.DiskWarnPercent} % should be"
                ),
                room.Folder
            )
            : new Finding(HealthStatus.Healthy, "", room.Folder);
    }

    private IEnumerable<KeyValuePair<string, object>> Numbers(string name, DiskRoom room)
    {
        yield return new($"{name}.folder", room.Folder);
        if (room.Problem is not null)
            yield break;
        yield return new($"{name}.freeMiB", Math.Round(room.FreeMiB));
        yield return new($"{name}.freePercent", Math.Round(room.FreePercent, 1));
        if (room.FreeInodes is { } inodes)
            yield return new($"{name}.freeInodes", inodes);
        if (watch.HoursLeft(name) is { } hours)
            yield return new($"{name}.hoursLeft", Math.Round(hours, 1));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Finding(HealthStatus Status, string Trouble, string Folder);
}
