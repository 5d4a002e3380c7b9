using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ShortsDaemon.World.Twitch;

/// <summary>The time that a query for clips asks for; seconds do not count.</summary>
internal sealed record ClipWindow(DateTimeOffset From, DateTimeOffset To, TwitchSwitches Switches)
{
    /// <summary>A begin alone means one week; an end alone means nothing.</summary>
    public static bool TryRead(IQueryCollection query, TwitchSwitches switches, out ClipWindow window)
    {
        window = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, switches);
        if (!TryTime(query["started_at"], out var from) || !TryTime(query["ended_at"], out var to))
            return false;
        if (from is { } start)
            window = window with { From = start, To = to ?? start.AddDays(7) };
        return true;
    }

    public bool Shows(TwitchClip clip) =>
        clip.Is.CreatedAt >= From && clip.Is.CreatedAt < To && !IsOmittedFromWide(clip) && !IsOmitted(clip);

    private bool IsOmittedFromWide(TwitchClip clip) =>
        Switches.OmitInWindowsOver is { } wide && To - From > wide && Chance(clip.Id) % 3 == 0;

    private bool IsOmitted(TwitchClip clip) =>
        Switches.OmitOneOf > 0
        && Chance(clip.Id + From.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)) % Switches.OmitOneOf == 0;

    // The same in every run, unlike string.GetHashCode.
    private static uint Chance(string text) => text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) >> 8;

    private static bool TryTime(StringValues text, out DateTimeOffset? time)
    {
        time = null;
        if (text.Count == 0)
            return true;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!text.ToString().Contains('T', StringComparison.Ordinal))
            return false;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var read))
            return false;
        time = read.AddTicks(-(read.Ticks % TimeSpan.TicksPerMinute));
        return true;
    }
}
