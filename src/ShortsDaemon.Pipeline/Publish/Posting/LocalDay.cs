namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>Days as the calendar of a zone counts them; they last 23 to 25 hours.</summary>
internal static class LocalDay
{
    public static DateOnly Of(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <returns>Its first moment, in UTC; where the clock leaps over midnight, the moment of the leap.</returns>
    public static DateTimeOffset Begin(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, OffsetAt(midnight, zone)).ToUniversalTime();
    }

    private static TimeSpan OffsetAt(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
            return zone.GetUtcOffset(local.AddDays(-1));
        return zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
    }
}
