using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Calendar;

/// <summary>What a month of the calendar shows.</summary>
/// <param name="Month">Which one.</param>
/// <param name="Zone">By whose clock the days are cut.</param>
/// <param name="Today">By that clock.</param>
/// <param name="Days">All days of the month in order.</param>
public sealed record CalendarReading(CalendarMonth Month, string Zone, DateOnly Today, IReadOnlyList<CalendarDay> Days)
{
    /// <summary>All that there ever were, for the choice.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];
}

/// <param name="Date">The day.</param>
/// <param name="Posts">Earliest first; at most so many as a day shows.</param>
/// <param name="More">How many further ones there are.</param>
public sealed record CalendarDay(DateOnly Date, IReadOnlyList<CalendarPost> Posts, int More);

/// <param name="Item">Which item.</param>
/// <param name="Title">What it is called there; before it is sent: what a person calls it.</param>
/// <param name="Destination">Channel and destination.</param>
/// <param name="At">When it appeared or is to appear, by the clock of the calendar.</param>
/// <param name="IsOut">It has arrived there.</param>
/// <param name="Rejection">Why the destination took it down; null: it did not.</param>
public sealed record CalendarPost(
    ItemId Item,
    string Title,
    string Destination,
    DateTimeOffset At,
    bool IsOut,
    string? Rejection
);
