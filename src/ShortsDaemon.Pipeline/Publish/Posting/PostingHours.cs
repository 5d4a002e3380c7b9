namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>
/// When Shorts may appear. Open is whenever the clock on the wall shows a time inside a window: an hour that the clock
/// leaps over does not happen, one that it repeats happens twice.
/// </summary>
/// <param name="windows">None: always open.</param>
/// <param name="zone">Where the clock hangs.</param>
internal sealed class PostingHours(IReadOnlyList<DayWindow> windows, TimeZoneInfo zone)
{
    // A weekly window may fall into the hour that is leapt over, so one week is not enough.
    private const int DaysAhead = 15;

    public static PostingHours Of(PostingOptions options, TimeZoneInfo zone) =>
        new([.. options.Windows.Select(DayWindow.Of)], zone);

    public bool IsOpen(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        return windows.Count == 0 || windows.Any(window => window.Holds(local));
    }

    /// <returns>The first open moment from then on; null: none within two weeks.</returns>
    public DateTimeOffset? NextOpen(DateTimeOffset from)
    {
        if (IsOpen(from))
            return from;
        var today = LocalDay.Of(from, zone);
        for (var ahead = 0; ahead <= DaysAhead; ahead++)
        {
            var openings = Moments(today.AddDays(ahead)).Where(moment => moment > from && IsOpen(moment)).ToList();
            if (openings.Count > 0)
                return openings.Min();
        }
        return null;
    }

    /// <summary>Every moment of a day at which it may become open.</summary>
    private IEnumerable<DateTimeOffset> Moments(DateOnly day) =>
        windows
            .SelectMany(window => Instants(day.ToDateTime(TimeOnly.MinValue) + window.From))
            .Append(LocalDay.Begin(day, zone))
            .Concat(ClockChange(day));

    private IEnumerable<DateTimeOffset> Instants(DateTime local)
    {
        if (zone.IsInvalidTime(local))
            return [];
        var offsets = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local) : [zone.GetUtcOffset(local)];
        return offsets.Select(offset => new DateTimeOffset(local, offset).ToUniversalTime());
    }

    /// <summary>The moment at which the clock is changed that day, if it is.</summary>
    private IEnumerable<DateTimeOffset> ClockChange(DateOnly day)
    {
        var before = LocalDay.Begin(day, zone).ToUnixTimeSeconds();
        var after = LocalDay.Begin(day.AddDays(1), zone).ToUnixTimeSeconds();
        var offset = OffsetAt(before);
        if (OffsetAt(after) == offset)
            yield break;
        while (after - before > 1)
        {
            var middle = (before + after) / 2;
            (before, after) = OffsetAt(middle) == offset ? (middle, after) : (before, middle);
        }
        yield return DateTimeOffset.FromUnixTimeSeconds(after);
    }

    private TimeSpan OffsetAt(long seconds) => zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(seconds));
}
