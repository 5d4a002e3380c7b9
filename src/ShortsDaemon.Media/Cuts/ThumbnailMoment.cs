using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Cuts;

/// <summary>Finds the picture that makes the best thumbnail: sharp, well lit, rich, and not in the middle of a change.</summary>
public static class ThumbnailMoment
{
    private const double Middle = 128;

    /// <param name="sketch">Of the whole recording.</param>
    /// <param name="cut">The part that is shown; null: all of it.</param>
    /// <returns>Time from the beginning of the Short; null when there is nothing to choose from.</returns>
    public static TimeSpan? Find(Sketch sketch, Cut? cut)
    {
        var first = (int)Math.Ceiling((cut?.From.TotalSeconds ?? 0) * Sketch.Rate);
        var end = cut is null ? sketch.Count : Math.Min(sketch.Count, (int)(cut.To.TotalSeconds * Sketch.Rate));
        // Neighbours on both sides tell a change.
        if (end - first < 3)
            return null;
        var motion = SketchSigns.Of(sketch).Motion;
        var looks = Enumerable
            .Range(first + 1, end - first - 2)
            .Select(i => (At: i, Look: Look.Of(sketch.Picture(i))))
            .ToList();
        var sharpest = Math.Max(1, looks.Max(l => l.Look.Sharpness));
        var widest = Math.Max(1, looks.Max(l => l.Look.Spread));
        var fastest = Math.Max(1, motion[first..end].Max());
        var best = looks.MaxBy(l =>
            l.Look.Sharpness / sharpest
            + 0.5 * l.Look.Spread / widest
            - Math.Abs(l.Look.Light - Middle) / Middle
            - Math.Max(motion[l.At - 1], motion[l.At]) / fastest
        );
        return TimeSpan.FromSeconds((double)(best.At - first) / Sketch.Rate);
    }

    /// <param name="Light">Mean brightness.</param>
    /// <param name="Spread">Standard deviation of the brightness.</param>
    /// <param name="Sharpness">Mean difference of a pixel to the mean of its neighbours.</param>
    private sealed record Look(double Light, double Spread, double Sharpness)
    {
        public static Look Of(ReadOnlySpan<byte> picture)
        {
            double sum = 0,
                squares = 0,
                edges = 0;
            for (var i = Sketch.Side; i < picture.Length - Sketch.Side; i++)
            {
                double light = picture[i];
                var around = picture[i - 1] + picture[i + 1] + picture[i - Sketch.Side] + picture[i + Sketch.Side];
                sum += light;
                squares += light * light;
                edges += Math.Abs(light - around / 4.0);
            }
            var count = picture.Length - 2 * Sketch.Side;
            var mean = sum / count;
            return new Look(mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)), edges / count);
        }
    }
}
