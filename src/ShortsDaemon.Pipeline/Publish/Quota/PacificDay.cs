using ShortsDaemon.Pipeline.Publish.Posting;

namespace ShortsDaemon.Pipeline.Publish.Quota;

/// <summary>The day by which Google counts: from midnight to midnight in Los Angeles.</summary>
internal static class PacificDay
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    public static DateOnly Of(DateTimeOffset instant) => LocalDay.Of(instant, Zone);

    /// <returns>The midnight there with which its day began, in UTC.</returns>
    public static DateTimeOffset Begin(DateTimeOffset instant) => LocalDay.Begin(Of(instant), Zone);

    /// <returns>The next midnight there, in UTC.</returns>
    public static DateTimeOffset After(DateTimeOffset instant) => LocalDay.Begin(Of(instant).AddDays(1), Zone);
}
