using System.Globalization;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Commands;

/// <summary>Writes instants the way the people of a channel read them.</summary>
/// <param name="Zone">Zone of the channel.</param>
/// <param name="Name">Its name.</param>
public sealed record ChannelClock(TimeZoneInfo Zone, string Name)
{
    public static ChannelClock Utc { get; } = new(TimeZoneInfo.Utc, "UTC");

    /// <summary>A channel that has left the configuration has no zone any more: UTC.</summary>
    public static ChannelClock Of(ShortsOptions options, string channel) =>
        options.Channels.TryGetValue(channel, out var settings)
        && TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out var zone)
            ? new(zone, settings.TimeZone)
            : Utc;

    /// <summary>2026-11-20 15:43:29, to be read together with <see cref="Name"/>.</summary>
    public string Say(DateTimeOffset instant) => Format(instant, "yyyy-MM-dd HH:mm:ss");

    /// <summary>2026-11-20 15:43:29 +01:00, which stands by itself.</summary>
    public string SayWithOffset(DateTimeOffset instant) => Format(instant, "yyyy-MM-dd HH:mm:ss zzz");

    public DateTimeOffset Here(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    private string Format(DateTimeOffset instant, string format) =>
        Here(instant).ToString(format, CultureInfo.InvariantCulture);
}
