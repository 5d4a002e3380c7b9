using System.Globalization;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Disk;

/// <summary>From which room on what happens.</summary>
/// <param name="options">Health:DiskMinimumMiB and Health:DiskWarnPercent.</param>
public sealed class DiskMarks(HealthOptions options)
{
    // A disk that has just been short of room has to have a little more than the mark again: otherwise work would begin and
    // pause with every file that comes and goes.
    private const double Again = 1.2;
    private const double StopShare = 0.2;
    private const long FewestFiles = 1000;

    /// <summary>Bytes that stay free; below them no new work begins.</summary>
    public double Pause { get; } = options.DiskMinimumMiB * DiskRoom.MiB;

    /// <summary>Bytes from which on paused work goes on.</summary>
    public double GoOn => Pause * Again;

    /// <summary>Bytes below which running work is stopped: what is left belongs to the database.</summary>
    public double Stop => Pause * StopShare;

    /// <returns>Why no work may begin; null when it may.</returns>
    public string? WhyPaused(DiskRoom room, bool wasPaused)
    {
        if (room.Problem is { } problem)
            return $"the free space at '{room.Folder}' cannot be read: {problem}";
        if (HasFewInodes(room))
            return Text($"only {room.FreeInodes} more files fit on the disk of '{room.Folder}' (inodes)");
        if (room.FreeBytes < Pause || (wasPaused && room.FreeBytes < GoOn))
            return Text(
                $"only {room.FreeMiB:0} MiB are free at '{room.Folder}'; work goes on from {GoOn / DiskRoom.MiB:0} MiB on (Health:DiskMinimumMiB)"
            );
        return null;
    }

    /// <returns>Why running work has to stop; null when it may go on.</returns>
    public string? WhyStopped(DiskRoom room) =>
        room.Problem is null && room.FreeBytes < Stop
            ? Text(
                $"stopped, because only {room.FreeMiB:0} MiB were left at '{room.Folder}'; it begins anew from {GoOn / DiskRoom.MiB:0} MiB on (Health:DiskMinimumMiB)"
            )
            : null;

    /// <param name="wasLow">It has been told already.</param>
    /// <returns>Whether the owner should know.</returns>
    public bool IsLow(DiskRoom room, bool wasLow) =>
        room.Problem is null && room.FreePercent < options.DiskWarnPercent * (wasLow ? Again : 1);

    /// <returns>Whether too few files fit, however many bytes there are.</returns>
    public bool HasFewInodes(DiskRoom room) => Pause > 0 && room.FreeInodes < FewestFiles;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
