using System.Globalization;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Posting;

namespace ShortsDaemon.Host.Commands;

/// <summary>How a destination stands, as `schedule` tells it.</summary>
internal static class PostingLines
{
    public static IEnumerable<string> Tell(PostingStanding standing)
    {
        var (place, options) = (standing.Place, standing.Place.Options);
        var clock = new ChannelClock(place.Zone, place.Zone.Id);
        yield return $"  posts to {place.Name}: {Windows(options)}; {Cap(options)}, {Number(options.MinSpacing)} min apart";
        yield return $"    today {standing.Today}{(standing.TodayMost is { } most ? $" of {most}" : "")}; {Coming(standing, clock)}";
        yield return $"    next free slot {Moment(standing.NextFree, clock, "none within a year")}";
        if (standing.Uploads is { } quota)
            yield return $"    {place.Project} has {quota.Left} of {quota.Cap} uploads left today";
        yield return $"    next upload possible {Moment(standing.NextUploadAt, clock, "when that is mended")}";
        foreach (var hold in standing.Holds)
            yield return $"    held: {hold.Scope}, {Until(hold.Until, clock)}: {hold.Reason}";
    }

    public static object Describe(PostingStanding standing) =>
        new
        {
            Destination = standing.Place.Name,
            Windows = standing.Place.Options.Windows.Select(window => new { window.Hours, window.Days }),
            standing.Place.Options.MaxPerDay,
            standing.Place.Options.MinSpacing,
            standing.Today,
            standing.TodayMost,
            standing.Coming,
            standing.NextFree,
            standing.NextUploadAt,
            standing.Place.Project,
            UploadsLeft = standing.Uploads?.Left,
            UploadsCap = standing.Uploads?.Cap,
            standing.Holds,
        };

    private static string Windows(PostingOptions options) =>
        options.Windows.Count == 0
            ? "at any time"
            : string.Join(", ", options.Windows.Select(window => $"{window.Days} {window.Hours}".Trim()));

    private static string Cap(PostingOptions options) =>
        options.MaxPerDay == 0 ? "no daily cap" : $"at most {options.MaxPerDay} a day";

    private static string Coming(PostingStanding standing, ChannelClock clock) =>
        standing.Coming.Count == 0
            ? "none waits for its slot"
            : $"{standing.Coming.Count} wait for their slots, the next one {clock.SayWithOffset(standing.Coming[0])}";

    private static string Until(DateTimeOffset? until, ChannelClock clock) =>
        until is { } end ? $"until {clock.SayWithOffset(end)}" : "until it is mended";

    private static string Moment(DateTimeOffset? moment, ChannelClock clock, string otherwise) =>
        moment is { } at ? $"{clock.SayWithOffset(at)}   {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : otherwise;

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
