using Quartz;

namespace ShortsDaemon.Host.Jobs.Fires;

/// <summary>When a schedule should have fired. Pure; asks the very expression that the scheduler fires by.</summary>
internal static class FireTimes
{
    // A schedule of every second, missed for a day, is no reason to fill the disk: the latest are kept.
    private const int Most = 50_000;

    /// <returns>The times after the first and up to and including the second instant, oldest first.</returns>
    public static IReadOnlyList<DateTimeOffset> Between(
        string cron,
        TimeZoneInfo zone,
        DateTimeOffset after,
        DateTimeOffset until
    )
    {
        var times = new Queue<DateTimeOffset>();
        var schedule = CronExpression.Parse(cron).WithTimeZone(zone);
        for (
            var next = schedule.GetNextValidTimeAfter(after);
            next <= until;
            next = schedule.GetNextValidTimeAfter(next.Value)
        )
        {
            times.Enqueue(next.Value);
            if (times.Count > Most)
                times.Dequeue();
        }
        return [.. times];
    }
}
