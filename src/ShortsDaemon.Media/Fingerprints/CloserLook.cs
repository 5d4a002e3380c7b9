using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>Compares new pictures with known ones cell by cell, and finds how exactly they lie on each other.</summary>
internal sealed class CloserLook(KnownPictures known, NewPictures fresh)
{
    private const int Grid = Fingerprint.Side;
    private const int Cells = Grid * Grid;
    private const int Second = Fingerprint.PicturesPerSecond;

    // One may be cut out of the other, but corners of any two pictures may agree by chance.
    private const double SmallestPart = 0.2;
    private const double SmallestShare = 0.85;

    private const int Rounds = 2;
    private const double Gain = 0.003;

    // Levels² of a cell that a plain picture has by noise.
    private const float Plain = 4;

    // Shares of the width and height.
    private static readonly double[] Shifts = [0.06, 0.03, 0.015];
    private static readonly int[] Directions = [1, -1];

    private readonly float[] _old = new float[Cells];
    private readonly float[] _oldLater = new float[Cells];
    private readonly float[] _new = new float[Cells];
    private readonly float[] _newLater = new float[Cells];

    /// <returns>How they agree laid as in the match; null: too little is in common.</returns>
    public PictureMatch? Look(PictureMatch match)
    {
        var (timing, mirrored) = (match.Timing, match.IsMirrored);
        var (old, part) = match.Placing.Common();
        if (!IsEnough(old.Width, part.Width) || !IsEnough(old.Height, part.Height))
            return null;
        var place = fresh.Place(part, mirrored);
        var second = (int)Math.Round(Sketch.Rate / timing.Speed);
        var (first, end) = timing.Common(known.Sums.Count - Second, fresh.Sums.Count - second);
        if (end - first < PictureSearch.Fewest(known.Sums.Count, fresh.Sums.Count, timing.Speed))
            return null;
        var (dot, of, with, looks, cells) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = first; i < end; i++)
        {
            var at = timing.NewAt(i);
            known.Sums.Cells(i, old, mirrored: false, Grid, _old);
            known.Sums.Cells(i + Second, old, mirrored: false, Grid, _oldLater);
            fresh.Sums.Cells(at, place, mirrored, Grid, _new);
            fresh.Sums.Cells(at + second, place, mirrored, Grid, _newLater);
            looks += Looks(_old, _new);
            of += Motion.Change(_old, _oldLater, _oldLater);
            with += Motion.Change(_new, _newLater, _newLater);
            dot += Motion.Dot(_oldLater, _newLater);
            cells += Math.Sqrt(Spread(_oldLater) * Spread(_newLater));
        }
        var moves = Math.Sqrt(of * with);
        return match with
        {
            Likeness = moves > 0 ? dot / moves : 0,
            Looks = looks / (end - first),
            Cells = cells,
            Seconds = (double)(end - first) / Second + 1,
        };
    }

    /// <returns>The best that is near to a match: in place, size and time.</returns>
    public PictureMatch Refine(PictureMatch match)
    {
        var best = Look(match) ?? match with { Likeness = 0 };
        foreach (var shift in Shifts)
        {
            for (var round = 0; round < Rounds; round++)
            {
                var before = best.Likeness;
                foreach (var direction in Directions)
                    best = Near(best, direction * shift, direction);
                if (best.Likeness < before + Gain)
                    break;
            }
        }
        return best;
    }

    private PictureMatch Near(PictureMatch best, double shift, int time)
    {
        best = Better(best, best with { Timing = best.Timing with { Start = best.Timing.Start + time } });
        foreach (var (left, right, top, bottom) in Moves)
        {
            var (x, y) = (shift * best.Placing.Width, shift * best.Placing.Height);
            best = Better(best, best with { Placing = best.Placing.Moved(left * x, right * x, top * y, bottom * y) });
        }
        return best;
    }

    // Along, down, each edge, and all of them apart.
    private static readonly (int Left, int Right, int Top, int Bottom)[] Moves =
    [
        (1, 1, 0, 0),
        (0, 0, 1, 1),
        (1, 0, 0, 0),
        (0, 1, 0, 0),
        (0, 0, 1, 0),
        (0, 0, 0, 1),
        (-1, 1, -1, 1),
    ];

    private PictureMatch Better(PictureMatch best, PictureMatch other) =>
        Look(other) is { } match && match.Likeness > best.Likeness ? match : best;

    private static bool IsEnough(double known, double fresh) =>
        Math.Min(known, fresh) >= SmallestPart && Math.Max(known, fresh) >= SmallestShare;

    private static double Looks(float[] a, float[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var (both, ofA, ofB) = (0f, Plain * Cells, Plain * Cells);
        for (var i = 0; i < Cells; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            (both, ofA, ofB) = (both + x * y, ofA + x * x, ofB + y * y);
        }
        return both / Math.Sqrt(ofA * ofB);
    }

    // Over how many cells a change is spread: 1 when it is in one alone.
    private static double Spread(float[] change)
    {
        var (sum, squares) = (0.0, 1e-6);
        foreach (var cell in change)
            (sum, squares) = (sum + cell * cell, squares + cell * cell * cell * cell);
        return sum * sum * sum / squares;
    }
}
