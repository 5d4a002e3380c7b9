using System.Globalization;

namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>A stretch of the day by the clock on the wall.</summary>
/// <param name="From">Time of day.</param>
/// <param name="To">Time of day, not included; more than 24 h when it ends on the next day.</param>
/// <param name="Days">Days on which it begins.</param>
internal sealed record DayWindow(TimeSpan From, TimeSpan To, IReadOnlySet<DayOfWeek> Days)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly DayOfWeek[] All = Enum.GetValues<DayOfWeek>();

    /// <param name="window">Has passed the check of the configuration.</param>
    public static DayWindow Of(PostingWindow window)
    {
        var (from, to) = Hours(window.Hours) ?? throw new FormatException($"'{window.Hours}' are no hours");
        var days = Weekdays(window.Days) ?? throw new FormatException($"'{window.Days}' are no weekdays");
        return new(from, to, days);
    }

    public bool Holds(DateTime local)
    {
        var time = local.TimeOfDay;
        return (Days.Contains(local.DayOfWeek) && time >= From && time < To)
            || (Days.Contains(local.AddDays(-1).DayOfWeek) && time + Day < To);
    }

    /// <returns>From and to; null when the text is not for instance 17:00-22:30.</returns>
    public static (TimeSpan From, TimeSpan To)? Hours(string text)
    {
        if (text.Split('-', StringSplitOptions.TrimEntries) is not [var begin, var end])
            return null;
        if (Time(begin) is not { } from || Time(end) is not { } to || from == to || from >= Day)
            return null;
        return (from, to > from ? to : to + Day);
    }

    /// <returns>The weekdays, all of them for an empty text; null when it is not for instance Mon-Fri or Sat,Sun.</returns>
    public static IReadOnlySet<DayOfWeek>? Weekdays(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return All.ToHashSet();
        var days = new HashSet<DayOfWeek>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries).Select(Weekday).ToList();
            if (ends.Count > 2 || ends[0] is not { } first || ends[^1] is not { } last)
                return null;
            for (var day = first; ; day = Next(day))
            {
                days.Add(day);
                if (day == last)
                    break;
            }
        }
        return days;
    }

    private static DayOfWeek Next(DayOfWeek day) => (DayOfWeek)(((int)day + 1) % All.Length);

    /// <summary>Three letters or the whole English name.</summary>
    private static DayOfWeek? Weekday(string text) =>
        All.Where(day => Is(text, day.ToString()) || Is(text, day.ToString()[..3]))
            .Select(day => (DayOfWeek?)day)
            .FirstOrDefault();

    private static bool Is(string text, string name) => string.Equals(text, name, StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? Time(string text)
    {
        if (text == "24:00")
            return Day;
        return TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, 0, out var time)
            ? time.ToTimeSpan()
            : null;
    }
}
