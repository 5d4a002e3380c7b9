namespace ShortsDaemon.Pipeline.Disk;

/// <summary>How long the room will last when things go on as they did.</summary>
internal static class DiskForecast
{
    /// <summary>How far back the trend looks.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    // From less nothing can be told: one recording that arrives would look like a flood.
    private const int FewestSamples = 4;
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromHours(2);

    // Further ahead it is no forecast any more.
    private const double Longest = 24 * 365;

    /// <param name="samples">Free bytes over time, in any order.</param>
    /// <param name="mark">Free bytes at which work pauses.</param>
    /// <returns>Hours until the mark is reached, by a straight line through the samples; null: it is not getting less, or too little is known.</returns>
    public static double? HoursLeft(IReadOnlyCollection<(DateTimeOffset At, long FreeBytes)> samples, double mark)
    {
        if (samples.Count < FewestSamples)
            return null;
        var last = samples.Max(s => s.At);
        if (last - samples.Min(s => s.At) < ShortestSpan)
            return null;
        var points = samples.Select(s => (Hours: (s.At - last).TotalHours, Free: (double)s.FreeBytes)).ToList();
        var (meanHours, meanFree) = (points.Average(p => p.Hours), points.Average(p => p.Free));
        var slope =
            points.Sum(p => (p.Hours - meanHours) * (p.Free - meanFree))
            / points.Sum(p => (p.Hours - meanHours) * (p.Hours - meanHours));
        if (slope >= 0)
            return null;
        var now = samples.MaxBy(s => s.At).FreeBytes;
        var hours = Math.Max(0, (now - mark) / -slope);
        return hours <= Longest ? hours : null;
    }
}
