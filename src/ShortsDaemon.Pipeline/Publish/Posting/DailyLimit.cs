namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>So many on one day and no more.</summary>
/// <param name="Zone">Whose midnight it is.</param>
/// <param name="Most">How many on that day.</param>
/// <param name="Taken">What counts against it.</param>
internal sealed record DailyLimit(
    TimeZoneInfo Zone,
    Func<DateOnly, long> Most,
    IReadOnlyCollection<DateTimeOffset> Taken
)
{
    /// <returns>The same time when there is room on its day, otherwise the beginning of the next day.</returns>
    public DateTimeOffset NotBefore(DateTimeOffset at)
    {
        var day = LocalDay.Of(at, Zone);
        return Count(day) < Most(day) ? at : LocalDay.Begin(day.AddDays(1), Zone);
    }

    public DailyLimit With(DateTimeOffset taken) => this with { Taken = [.. Taken, taken] };

    public int Count(DateOnly day) => Taken.Count(instant => LocalDay.Of(instant, Zone) == day);
}
