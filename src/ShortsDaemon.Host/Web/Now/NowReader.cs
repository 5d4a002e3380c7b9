using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Now;

/// <summary>Puts together what the first page shows.</summary>
internal sealed class NowReader(
    IDbContextFactory<ShortsDb> databases,
    UnderWay underWay,
    RecentHealth health,
    EncoderSelection encoders,
    LiveOptions live,
    TimeProvider time
)
{
    private const int MostFires = 8;
    private const int Hours = 24;

    public async Task<NowReading> ReadAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        return new NowReading(now)
        {
            Health = LineOf(await health.ReadAsync()),
            Encoder = encoders.Report.FirstOrDefault(known => known.Chosen)?.Name,
            Running = underWay.All,
            Queue = await QueueAsync(db, now, cancel),
            Next = NextFires(now),
            Day = await DayAsync(db, now, cancel),
        };
    }

    private static HealthLine LineOf(HealthReport report)
    {
        var worst = report.Entries.Where(check => check.Value.Status != HealthStatus.Healthy);
        return new(
            report.Status,
            string.Join(
                "; ",
                worst
                    .OrderBy(check => check.Value.Status)
                    .Select(check =>
                        $"{check.Key}: {SecretFree.Text(check.Value.Description ?? check.Value.Exception?.Message)?.TrimEnd('.')}"
                    )
            )
        );
    }

    private static async Task<List<QueueLine>> QueueAsync(ShortsDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var waiting = await db
            .Items.AsNoTracking()
            .Where(i => ItemStates.UnderWay.Contains(i.State) && i.Id != CanaryItem.Id)
            .Select(i => new
            {
                i.State,
                i.NotBefore,
                Since = i.NotBefore ?? i.ChangedAt,
            })
            .ToListAsync(cancel);
        return
        [
            .. ItemStates.UnderWay.Select(stage =>
            {
                var all = waiting.Where(i => i.State == stage).ToList();
                // Until a person has looked, nothing can begin.
                var ready = all.Where(i => i.State != ItemState.Review && (i.NotBefore is null || i.NotBefore <= now))
                    .ToList();
                DateTimeOffset? oldest = ready.Count > 0 ? ready.Min(i => i.Since) : null;
                return new QueueLine(stage, ready.Count, all.Count - ready.Count, oldest);
            }),
        ];
    }

    private List<NextFire> NextFires(DateTimeOffset now) =>
        [
            .. live
                .Value.Channels.Where(channel => channel.Value.Enabled)
                .Select(channel => ChannelPlan.Of(channel.Key, channel.Value, now, 2))
                .SelectMany(plan =>
                    plan.Schedules.SelectMany(s =>
                        s.Times.Select(at => new NextFire(plan.Channel, s.Cron, plan.Clock.Here(at)))
                    )
                )
                .OrderBy(fire => fire.At)
                .Take(MostFires),
        ];

    private static async Task<List<FireHour>> DayAsync(ShortsDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        var first = hour.AddHours(1 - Hours);
        var slots = await db.FireSlots.AsNoTracking().Where(slot => slot.DueAt >= first).ToListAsync(cancel);
        var byHour = slots.ToLookup(slot => (int)(slot.DueAt - first).TotalHours);
        return [.. Enumerable.Range(0, Hours).Select(i => FireHour.Of(first.AddHours(i), [.. byHour[i]]))];
    }
}
