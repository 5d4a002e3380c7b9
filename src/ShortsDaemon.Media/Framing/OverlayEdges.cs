using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Media.Framing;

/// <summary>Finds the edges of an overlay around a face that stays in its place, over pictures that lie apart in time.</summary>
internal sealed class OverlayEdges(IReadOnlyList<GreyFrame> frames)
{
    /// <summary>Least <see cref="Clarity"/> of a rectangle that is really there.</summary>
    public const double Clear = 0.25;

    // The picture's own border says neither yes nor no.
    private const double Border = 0.3;
    private const double LeastEdge = 0.08;

    // What an edge counts with as much going on outside as inside: a shelf in the room behind the streamer.
    private const double JustAnEdge = 0.25;

    // How far from the face an edge may lie, in widths and heights of the face.
    private const double Sideways = 6;
    private const double Upwards = 3;
    private const double Downwards = 7;

    // What lies this far outside and inside of an edge is compared, in px.
    private const int Strip = 10;
    private const int MostCandidates = 8;
    private const int Apart = 4;

    private readonly StillEdges _edges = new(frames);
    private readonly int _width = frames[0].Width;
    private readonly int _height = frames[0].Height;

    /// <returns>The clearest rectangle around the face; null: there is none.</returns>
    public Region? Around(Region face)
    {
        var place = Pixels(face);
        var (width, height) = (place.Right - place.Left, place.Bottom - place.Top);
        double Beside(int x) => _edges.Upright(x, place.Top, place.Bottom);
        double AboveOrBelow(int y) => _edges.Lying(y, place.Left, place.Right);
        var lefts = Candidates(Beside, place.Left - (int)(Sideways * width), place.Left, _width);
        var rights = Candidates(Beside, place.Right, place.Right + (int)(Sideways * width), _width);
        var tops = Candidates(AboveOrBelow, place.Top - (int)(Upwards * height), place.Top, _height);
        var bottoms = Candidates(AboveOrBelow, place.Bottom, place.Bottom + (int)(Downwards * height), _height);
        var boxes =
            from left in lefts
            from right in rights
            from top in tops
            from bottom in bottoms
            select new Box(left, top, right, bottom);
        var best = boxes
            .Where(IsLikely)
            .Select(box => (Box: box, Clarity: Clarity(box)))
            .DefaultIfEmpty()
            .MaxBy(b => b.Clarity);
        return best.Clarity >= Clear ? Share(Within(best.Box)) : null;
    }

    /// <summary>How clearly the rectangle stands out, 0 to about 1; the sides are moved by a pixel or two to fit.</summary>
    public double Clarity(Region rectangle)
    {
        var box = Pixels(rectangle);
        var near =
            from x in Enumerable.Range(-2, 5)
            from y in Enumerable.Range(-2, 5)
            select Clarity(Inside(new Box(box.Left + x, box.Top + y, box.Right + x, box.Bottom + y)));
        return near.Max();
    }

    /// <summary>The clearest places of an edge, and the border of the picture where it is near.</summary>
    private static List<int> Candidates(Func<int, double> edge, int from, int to, int length)
    {
        var places = Enumerable
            .Range(Math.Max(from, 1), Math.Max(0, Math.Min(to, length - 1) - Math.Max(from, 1) + 1))
            .Select(at => (At: at, Edge: edge(at)))
            .Where(place => place.Edge >= LeastEdge)
            .OrderByDescending(place => place.Edge);
        var kept = new List<int>();
        if (from <= 0)
            kept.Add(0);
        if (to >= length)
            kept.Add(length);
        foreach (var (at, _) in places)
            if (kept.Count <= MostCandidates && kept.TrueForAll(k => Math.Abs(k - at) >= Apart))
                kept.Add(at);
        return kept;
    }

    private bool IsLikely(Box box)
    {
        var (width, height) = (box.Right - box.Left, box.Bottom - box.Top);
        var aspect = (double)width / height;
        var share = (double)width * height / (_width * _height);
        return aspect is > 0.5 and < 2.6 && share is > 0.008 and < 0.4;
    }

    private double Clarity(Box box)
    {
        var (left, top, right, bottom) = (box.Left, box.Top, box.Right, box.Bottom);
        double?[] sides =
        [
            left == 0 ? null : Bounded(_edges.Upright, left, top, bottom),
            right == _width ? null : Bounded(_edges.Upright, right, top, bottom),
            top == 0 ? null : Bounded(_edges.Lying, top, left, right),
            bottom == _height ? null : Bounded(_edges.Lying, bottom, left, right),
        ];
        if (sides.Count(side => side is not null) < 2 || sides.Any(side => side < LeastEdge))
            return 0;
        var quieter = Quieter(box);
        return sides.Select((side, i) => side * (JustAnEdge + (1 - JustAnEdge) * quieter[i]) ?? Border).Average();
    }

    // The sides of a rectangle end at its corners: one that goes on belongs to a larger one.
    private static double Bounded(Func<int, int, int, double> edge, int at, int from, int to)
    {
        var beyond = Math.Max(1, (to - from) / 3);
        var further = Math.Max(edge(at, from - beyond, from), edge(at, to, to + beyond));
        return edge(at, from, to) - Math.Max(0, further) / 2;
    }

    /// <summary>How much less the picture changes inside of each side than outside of it, 0 to 1.</summary>
    private double[] Quieter(Box box)
    {
        var (left, top, right, bottom) = (box.Left, box.Top, box.Right, box.Bottom);
        return
        [
            Less(
                _edges.ChangeIn(left + 2, top, left + Strip, bottom),
                _edges.ChangeIn(left - Strip, top, left - 2, bottom)
            ),
            Less(
                _edges.ChangeIn(right - Strip, top, right - 2, bottom),
                _edges.ChangeIn(right + 2, top, right + Strip, bottom)
            ),
            Less(
                _edges.ChangeIn(left, top + 2, right, top + Strip),
                _edges.ChangeIn(left, top - Strip, right, top - 2)
            ),
            Less(
                _edges.ChangeIn(left, bottom - Strip, right, bottom - 2),
                _edges.ChangeIn(left, bottom + 2, right, bottom + Strip)
            ),
        ];
    }

    private double Less(double inside, double outside) =>
        Math.Clamp((outside - inside) / Math.Max(_edges.Change, 1), 0, 1);

    private Box Pixels(Region share) =>
        Inside(
            new Box(
                (int)Math.Round(share.X * _width),
                (int)Math.Round(share.Y * _height),
                (int)Math.Round(share.Right * _width),
                (int)Math.Round(share.Bottom * _height)
            )
        );

    private Box Inside(Box box) =>
        new(
            Math.Clamp(box.Left, 0, _width),
            Math.Clamp(box.Top, 0, _height),
            Math.Clamp(box.Right, 0, _width),
            Math.Clamp(box.Bottom, 0, _height)
        );

    // The edge itself is half the game's.
    private Box Within(Box box) =>
        new(
            box.Left == 0 ? 0 : box.Left + 1,
            box.Top == 0 ? 0 : box.Top + 1,
            box.Right == _width ? _width : box.Right - 1,
            box.Bottom == _height ? _height : box.Bottom - 1
        );

    private Region Share(Box box) =>
        new(
            (double)box.Left / _width,
            (double)box.Top / _height,
            (double)(box.Right - box.Left) / _width,
            (double)(box.Bottom - box.Top) / _height
        );

    private readonly record struct Box(int Left, int Top, int Right, int Bottom);
}
