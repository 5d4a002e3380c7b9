using System.Globalization;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>Which backups have had their time: of each of the latest days, weeks and months that have any, the newest stays.</summary>
internal static class Thinning
{
    /// <param name="good">Good backups, in any order. Others are not counted and not removed: somebody should look at them.</param>
    /// <param name="options">How many of each.</param>
    /// <param name="fresh">Just made, and so stays whatever the clock said meanwhile.</param>
    public static IReadOnlyList<Backup> Superfluous(IEnumerable<Backup> good, BackupOptions options, string fresh)
    {
        var newestFirst = good.Where(b => b.Manifest is not null).OrderByDescending(MadeAt).ToList();
        var kept = new[]
        {
            Newest(newestFirst, day => day.DayNumber, options.KeepDaily),
            Newest(
                newestFirst,
                day => ISOWeek.GetYear(At(day)) * 100 + ISOWeek.GetWeekOfYear(At(day)),
                options.KeepWeekly
            ),
            Newest(newestFirst, day => day.Year * 12 + day.Month, options.KeepMonthly),
        }
            .SelectMany(some => some)
            .ToHashSet();
        return [.. newestFirst.Where(b => !kept.Contains(b) && b.Name != fresh)];
    }

    private static IEnumerable<Backup> Newest(List<Backup> newestFirst, Func<DateOnly, int> period, int most) =>
        newestFirst
            .GroupBy(b => period(DateOnly.FromDateTime(MadeAt(b).UtcDateTime)))
            .Take(most)
            .Select(same => same.First());

    private static DateTimeOffset MadeAt(Backup backup) => backup.Manifest!.MadeAt;

    private static DateTime At(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);
}
