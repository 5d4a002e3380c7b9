using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Filters;

/// <summary>Chooses the constant frame rate of the Short.</summary>
internal static class OutputRate
{
    private const double SlowestWatchable = 23;
    private const double ForSlowSources = 30;

    private static readonly FrameRate[] Common =
    [
        new(24000, 1001),
        new(24, 1),
        new(25, 1),
        new(30000, 1001),
        new(30, 1),
        new(48, 1),
        new(50, 1),
        new(60000, 1001),
        new(60, 1),
    ];

    /// <summary>The source's own rate where it is a common one, halved until it fits; 30 for very slow sources.</summary>
    /// <param name="source">Average rate of the source; variable rates are snapped to the nearest common one.</param>
    /// <param name="fastest">Highest rate wanted, in frames per second.</param>
    public static FrameRate For(FrameRate source, int fastest)
    {
        var rate = source.PerSecond;
        while (rate > fastest * 1.01 && rate / 2 >= SlowestWatchable)
            rate /= 2;
        if (rate < SlowestWatchable)
            rate = ForSlowSources;
        var allowed = Common.Where(c => c.PerSecond <= fastest).DefaultIfEmpty(new FrameRate(Math.Max(1, fastest), 1));
        return allowed.MinBy(c => Math.Abs(c.PerSecond - rate));
    }
}
