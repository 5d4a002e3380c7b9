using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>Lays new pictures on known ones: at a glance in many ways, then closer in the most promising.</summary>
internal sealed class PictureSearch(Sketch sketch)
{
    // Less than this may agree by chance.
    private const double ShortestSeconds = 5;
    private const double SmallestShare = 0.5;

    private const int Promising = 4;
    private const double LeastLikeness = 0.3;
    private const double LeastMoves = 1.5;

    // A quarter of a second.
    private const int Stride = Sketch.Rate / 4;

    private static readonly bool[] EitherWay = [false, true];

    private readonly NewPictures _pictures = new(sketch);

    /// <returns>How they agree best; null: nothing alike was found.</returns>
    public PictureMatch? Best(KnownPictures known)
    {
        var promising =
            from mirrored in EitherWay
            from placing in Placing.All
            let glance = Glance(known, placing, mirrored)
            where glance is { Likeness: >= LeastLikeness }
            orderby glance.Likeness descending
            select glance;
        return promising.Take(Promising).Select(Closer(known).Refine).MaxBy(match => match.Likeness);
    }

    /// <returns>How they agree best about a time; null: they have too little in common then.</returns>
    public PictureMatch? BestAt(KnownPictures known, Timing timing)
    {
        var closer = Closer(known);
        var looks =
            from mirrored in EitherWay
            from placing in Placing.All
            from early in new[] { -Stride, 0, Stride }
            let match = closer.Look(new(0, placing, mirrored, timing with { Start = timing.Start + early }))
            where match is not null
            select match;
        return looks.MaxBy(match => match.Likeness + match.Looks) is { } best ? closer.Refine(best) : null;
    }

    /// <returns>How many of the known pictures must have a new one beside them, and a second later, too.</returns>
    public static int Fewest(int known, int fresh, double speed)
    {
        var seconds = Math.Min((double)known / Fingerprint.PicturesPerSecond, fresh * speed / Sketch.Rate);
        var needed = Math.Max(ShortestSeconds, SmallestShare * seconds) - 1;
        return (int)Math.Ceiling(needed * Fingerprint.PicturesPerSecond);
    }

    private CloserLook Closer(KnownPictures known) => new(known, _pictures);

    private PictureMatch? Glance(KnownPictures known, Placing placing, bool mirrored)
    {
        var common = placing.Common();
        var (old, fresh) = (known.Motion(common.Known), _pictures.Motion(common.New, mirrored));
        PictureMatch? best = null;
        foreach (var speed in FingerprintSearch.Speeds)
        {
            var fewest = Fewest(known.Sums.Count, _pictures.Sums.Count, speed);
            var step = new Timing(0, speed).Step;
            for (
                var start = (int)((fewest - old.Count) * step);
                start <= fresh.Count - fewest * step + step;
                start += Stride
            )
            {
                var timing = new Timing(start, speed);
                var (first, end) = timing.Common(old.Count, fresh.Count);
                if (end - first < fewest)
                    continue;
                var (likeness, moves) = Motion.Compare(old, fresh, timing, first, end);
                if (moves >= LeastMoves && likeness > (best?.Likeness ?? 0))
                    best = new(likeness, placing, mirrored, timing);
            }
        }
        return best;
    }
}
