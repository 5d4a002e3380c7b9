using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Thumbnails;

/// <summary>Finds pictures that make good thumbnails: sharp, well lit, rich, and not in the middle of a change.</summary>
internal static class ThumbnailMoments
{
    private const double Middle = 128;

    /// <param name="sketch">Of the whole recording.</param>
    /// <param name="cut">The part that is shown; null: all of it.</param>
    /// <param name="parts">The Short is taken in so many parts of one length, for each of which there is one moment.</param>
    /// <param name="step">Only each picture of this number in the sketch is taken into account.</param>
    /// <returns>The best first; nothing where there is nothing to choose from.</returns>
    public static IReadOnlyList<ThumbnailMoment> Best(Sketch sketch, Cut? cut, int parts, int step = 1)
    {
        var start = cut?.From ?? TimeSpan.Zero;
        var first = (int)Math.Ceiling(start.TotalSeconds * Sketch.Rate);
        var end = cut is null ? sketch.Count : Math.Min(sketch.Count, (int)(cut.To.TotalSeconds * Sketch.Rate));
        // Neighbours on both sides tell a change.
        var count = end - first - 2;
        if (count < 1)
            return [];
        var motion = SketchSigns.Of(sketch).Motion;
        var looks = Enumerable.Range(first + 1, count).Select(i => Look.Of(sketch.Picture(i))).ToList();
        var sharpest = Math.Max(1, looks.Max(l => l.Sharpness));
        var widest = Math.Max(1, looks.Max(l => l.Spread));
        var fastest = Math.Max(1, motion[first..end].Max());
        var moments = looks
            .Select(
                (look, i) =>
                    new ThumbnailMoment(
                        TimeSpan.FromSeconds((double)(first + 1 + i) / Sketch.Rate) - start,
                        first + 1 + i,
                        look.Sharpness / sharpest
                            + 0.5 * look.Spread / widest
                            - Math.Abs(look.Light - Middle) / Middle
                            - Math.Max(motion[first + i], motion[first + i + 1]) / fastest
                    )
            )
            .Where(moment => moment.Picture % step == 0);
        return
        [
            .. moments
                .GroupBy(moment => (moment.Picture - first - 1) * parts / count)
                .Select(part => part.MaxBy(moment => moment.Score)!)
                .OrderByDescending(moment => moment.Score),
        ];
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

/// <param name="At">Time from the beginning of the Short.</param>
/// <param name="Picture">Of the sketch.</param>
/// <param name="Score">By light, contrast, sharpness and changes; about −2 to 1.5.</param>
internal sealed record ThumbnailMoment(TimeSpan At, int Picture, double Score);
