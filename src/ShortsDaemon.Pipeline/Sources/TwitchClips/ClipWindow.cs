namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>A stretch of time whose clips are asked for at once.</summary>
/// <param name="Number">0: the newest; counts into the past.</param>
/// <param name="From">First instant.</param>
/// <param name="To">Last instant.</param>
internal sealed record ClipWindow(int Number, DateTimeOffset From, DateTimeOffset To)
{
    // Wide windows omit clips; a day is known to be good.
    private static readonly TimeSpan Widest = TimeSpan.FromHours(24);

    // Twitch rounds the ends, and either clock may be off.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(50);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    public TimeSpan Width => To - From;

    /// <returns>The windows that cover the time back to <paramref name="lookBack"/> ago, newest first.</returns>
    public static IReadOnlyList<ClipWindow> Of(DateTimeOffset now, TimeSpan lookBack)
    {
        var earliest = RoundDown(now - lookBack);
        List<ClipWindow> windows = [];
        for (var to = RoundDown(now) + Step + Ahead; windows.Count == 0 || windows[^1].From > earliest; )
        {
            var from = to - Widest > earliest ? to - Widest : earliest;
            windows.Add(new ClipWindow(windows.Count, from, to));
            to = from + Overlap;
        }
        return windows;
    }

    /// <summary>Both halves, which overlap a little as well.</summary>
    public IEnumerable<ClipWindow> Halves()
    {
        var middle = RoundDown(From + Width / 2);
        return [this with { From = middle }, this with { To = middle + Step }];
    }

    private static DateTimeOffset RoundDown(DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % Step.Ticks, TimeSpan.Zero);
}
