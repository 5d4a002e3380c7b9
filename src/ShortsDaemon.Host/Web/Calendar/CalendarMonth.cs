using System.Globalization;

namespace ShortsDaemon.Host.Web.Calendar;

/// <summary>Which month of the calendar is shown, as it stands in the address.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Channel">Only this channel, by its own clock; null: all of them, in UTC.</param>
public sealed record CalendarMonth(DateOnly First, string? Channel)
{
    private const string Format = "yyyy-MM";

    // Of instants there is none before or after; arithmetic at the ends of time must not throw.
    private static readonly (DateOnly From, DateOnly To) Sane = (new(2000, 1, 1), new(2999, 12, 1));

    /// <summary>What makes no sense is the present month: an address may be old, or typed.</summary>
    public static CalendarMonth Of(IQueryCollection query, DateOnly today)
    {
        var channel = query["channel"].ToString();
        var isMonth = DateOnly.TryParseExact(
            query["month"].ToString(),
            Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var month
        );
        var first = isMonth && month >= Sane.From && month <= Sane.To ? month : today.AddDays(1 - today.Day);
        return new(first, channel.Length > 0 ? channel : null);
    }

    public DateOnly Next => First.AddMonths(1);

    public int Days => Next.DayNumber - First.DayNumber;

    /// <summary>For instance November 2026.</summary>
    public string Name => First.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <returns>The address of the month so many months away.</returns>
    public string Address(int months = 0)
    {
        Dictionary<string, string?> parts = new(StringComparer.Ordinal)
        {
            ["month"] = First.AddMonths(months).ToString(Format, CultureInfo.InvariantCulture),
            ["channel"] = Channel,
        };
        return "/calendar" + QueryString.Create(parts.Where(part => part.Value is not null));
    }
}
