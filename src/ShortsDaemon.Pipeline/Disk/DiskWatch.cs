using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Disk;

/// <summary>Follows the room of every place over time and tells the owner before it is used up.</summary>
public sealed class DiskWatch(
    ReadRoom read,
    LiveOptions options,
    DataFolder data,
    IDbContextFactory<ShortsDb> databases,
    Alerts alerts,
    TimeProvider time
)
{
    /// <summary>Rule of the alert that room gets short; its subject is the place.</summary>
    public const string LowRule = "DiskLow";

    /// <summary>Rule of the alert that no work begins any more for want of room.</summary>
    public const string FullRule = "DiskFull";

    private const double SoonHours = 24;
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMinutes(15);

    // By place: what was told last; null: not known since the start.
    private readonly ConcurrentDictionary<string, Standing> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, double> _hoursLeft = new(StringComparer.Ordinal);
    private DateTimeOffset? _sampledAt;

    /// <returns>Hours until the room of a place is used up; null: it is not getting less, or not known yet.</returns>
    public double? HoursLeft(string place) => _hoursLeft.TryGetValue(place, out var hours) ? hours : null;

    /// <summary>Looks at every place, and keeps a sample now and then.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        var rooms = DiskPlace
            .Of(options.Value, data)
            .Select(place => (Place: place, Room: read(place.Folder)))
            .Where(r => r.Room.Problem is null)
            .ToList();
        await SampleAsync([.. rooms.Select(r => (r.Place.Name, r.Room))], cancel);
        // Several folders of one disk are one trouble.
        var firsts = rooms.DistinctBy(r => r.Room.Disk).Select(r => r.Place).ToHashSet();
        foreach (var (place, room) in rooms)
            await TellAsync(place.Name, firsts.Contains(place) ? Judge(place, room) : null, room, cancel);
    }

    private Standing Judge(DiskPlace watched, DiskRoom room)
    {
        var place = watched.Name;
        var (marks, was) = (new DiskMarks(options.Value.Health), _told.GetValueOrDefault(place));
        var isSoon = HoursLeft(place) < SoonHours * (was?.IsLow == true ? 2 : 1);
        if (!watched.HoldsWork)
            return new Standing(marks.IsLow(room, was?.IsLow == true) || marks.HasFewInodes(room) || isSoon, null);
        return new Standing(
            marks.IsLow(room, was?.IsLow == true) || isSoon,
            marks.WhyPaused(room, was?.WhyFull is not null)
        );
    }

    /// <param name="standing">Null: another place speaks for this disk.</param>
    private async Task TellAsync(string place, Standing? standing, DiskRoom room, CancellationToken cancel)
    {
        standing ??= new Standing(IsLow: false, WhyFull: null);
        var was = _told.GetValueOrDefault(place);
        if (was?.IsLow != standing.IsLow)
            await (
                standing.IsLow
                    ? alerts.RaiseAsync(LowRule, place, AlertLevel.Warning, Low(place, room), cancel)
                    : alerts.ResolveAsync(LowRule, place, cancel)
            );
        if (was is null || (was.WhyFull is null) != (standing.WhyFull is null))
            await (
                standing.WhyFull is { } why
                    ? alerts.RaiseAsync(FullRule, place, AlertLevel.Critical, Full(why), cancel)
                    : alerts.ResolveAsync(FullRule, place, cancel)
            );
        _told[place] = standing;
    }

    private string Low(string place, DiskRoom room)
    {
        var free = Text($"{room.FreeMiB:0} MiB ({room.FreePercent:0.0} %) are free at '{room.Folder}'");
        var soon = HoursLeft(place) is { } hours ? Text($"; as the last day went, that lasts {hours:0.#} h") : "";
        return $"{free}{soon}. Make room, or let `ShortsDaemon prune` do it (section Retention).";
    }

    private static string Full(string why) =>
        $"New work has paused: {why}. Make room, or let `ShortsDaemon prune` do it; the work goes on by itself.";

    private async Task SampleAsync(List<(string Name, DiskRoom Room)> rooms, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // Either way: a clock that was set back must not end it.
        if (_sampledAt is { } last && (now - last).Duration() < SampleInterval)
            return;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.DiskSamples.Where(s => s.At < now - DiskForecast.Window || s.At >= now).ExecuteDeleteAsync(cancel);
        db.DiskSamples.AddRange(
            rooms.Select(r => new DiskSample
            {
                Place = r.Name,
                At = now,
                FreeBytes = r.Room.FreeBytes,
            })
        );
        await db.SaveChangesAsync(cancel);
        var samples = await db.DiskSamples.AsNoTracking().ToListAsync(cancel);
        var mark = new DiskMarks(options.Value.Health).Pause;
        _hoursLeft.Clear();
        foreach (var place in samples.GroupBy(s => s.Place))
            if (DiskForecast.HoursLeft([.. place.Select(s => (s.At, s.FreeBytes))], mark) is { } hours)
                _hoursLeft[place.Key] = hours;
        _sampledAt = now;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Standing(bool IsLow, string? WhyFull);
}
