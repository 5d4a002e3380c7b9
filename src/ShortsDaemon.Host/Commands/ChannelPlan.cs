using Quartz;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Commands;

/// <summary>The next fire times of one channel.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="Enabled">It is on.</param>
/// <param name="Clock">Its time zone.</param>
/// <param name="Schedules">Each with its times.</param>
public sealed record ChannelPlan(
    string Channel,
    bool Enabled,
    ChannelClock Clock,
    IReadOnlyList<ChannelPlan.Schedule> Schedules
)
{
    /// <summary>Why nothing of this happens; null: it does.</summary>
    public string? Pause { get; init; }

    /// <param name="Cron">Its expression.</param>
    /// <param name="Misfire">What becomes of a missed time.</param>
    /// <param name="Times">The next fire times; fewer than asked for when it ends before.</param>
    public sealed record Schedule(string Cron, MisfireRule Misfire, IReadOnlyList<DateTimeOffset> Times);

    public static ChannelPlan Of(string channel, ChannelOptions options, DateTimeOffset now, int count)
    {
        var zone = TimeZones.FindById(options.TimeZone);
        var schedules = options.Schedule.Select(s => new Schedule(
            s.Cron,
            s.Misfire,
            [.. Times(CronExpression.Parse(s.Cron).WithTimeZone(zone), now).Take(count)]
        ));
        return new ChannelPlan(channel, options.Enabled, new(zone, options.TimeZone), [.. schedules]);
    }

    private string Standing =>
        this switch
        {
            { Enabled: false } => ": disabled, nothing of this happens",
            { Pause: { } pause } => $": {pause}, nothing of this happens",
            _ => "",
        };

    public IEnumerable<string> Lines()
    {
        yield return $"{Channel} ({Clock.Name}){Standing}";
        if (Schedules.Count == 0)
            yield return "  no schedule; it looks when a file arrives in a watched folder, or by `once`";
        foreach (var schedule in Schedules)
        {
            yield return $"  {schedule.Cron}; {InWords(schedule.Misfire)}";
            foreach (var time in schedule.Times)
                yield return $"    {Clock.SayWithOffset(time)}   {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";
        }
    }

    /// <param name="posting">How its destinations stand.</param>
    public object Describe(IEnumerable<object>? posting = null) =>
        new
        {
            Channel,
            Enabled,
            Pause,
            TimeZone = Clock.Name,
            Schedules = Schedules.Select(s => new
            {
                s.Cron,
                s.Misfire,
                Next = s.Times.Select(time => new { Local = Clock.Here(time), Utc = time.UtcDateTime }),
            }),
            Posting = posting ?? [],
        };

    private static IEnumerable<DateTimeOffset> Times(CronExpression cron, DateTimeOffset after)
    {
        for (var next = cron.GetNextValidTimeAfter(after); next is { } time; next = cron.GetNextValidTimeAfter(time))
            yield return time;
    }

    public static string InWords(MisfireRule rule) =>
        rule == MisfireRule.Skip
            ? "a missed time is skipped"
            : "missed times are made up for by one run, as soon as possible";
}
