using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Quota;

/// <summary>How a quota stands at one moment.</summary>
/// <param name="Spent">Of today, reservations included.</param>
/// <param name="Cap">Of today: configured, or learned when the platform refused earlier.</param>
/// <param name="NextAt">From when on one more is possible.</param>
public sealed record QuotaStanding(long Spent, long Cap, DateTimeOffset NextAt)
{
    public long Left => Math.Max(0, Cap - Spent);

    internal static QuotaStanding Of(QuotaDay? today, long configured, DateTimeOffset now)
    {
        var spent = today?.Spent ?? 0;
        var cap = Math.Min(configured, today?.LearnedCap ?? configured);
        return new(spent, cap, spent < cap ? now : PacificDay.After(now));
    }

    internal static async Task<QuotaStanding> ReadAsync(
        ShortsDb db,
        string project,
        QuotaBucket bucket,
        long configured,
        DateTimeOffset now,
        CancellationToken cancel
    ) => Of(await TodayAsync(db.QuotaDays.AsNoTracking(), project, bucket, now, cancel), configured, now);

    internal static Task<QuotaDay?> TodayAsync(
        IQueryable<QuotaDay> days,
        string project,
        QuotaBucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var (name, day) = (bucket.Name(), PacificDay.Of(now));
        return days.SingleOrDefaultAsync(d => d.Project == project && d.Bucket == name && d.Day == day, cancel);
    }
}
