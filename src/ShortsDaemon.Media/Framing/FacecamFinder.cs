using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Media.Framing;

/// <summary>What a few pictures of a recording show of faces.</summary>
/// <param name="Facecam">The overlay with the streamer's face; null: none was found.</param>
/// <param name="Faces">All faces that were seen.</param>
/// <param name="FaceShare">Share of the pictures with a face anywhere.</param>
/// <param name="Words">What was found, or why nothing was; the end of a sentence.</param>
internal sealed record FaceSighting(Region? Facecam, IReadOnlyList<Region> Faces, double FaceShare, string Words)
{
    /// <summary>Nobody could look.</summary>
    public static FaceSighting Blind(string why) => new(null, [], 0, why);
}

/// <summary>Finds the facecam of a stream: a small face that stays in its place, inside a frame that does, too.</summary>
internal sealed class FacecamFinder(FaceFinder finder)
{
    private const int FewestFrames = 4;
    private const int FewestSightings = 3;
    private const double LeastSightings = 0.3;
    private const double SamePlace = 0.3;
    private const double LargestFace = 0.35;

    /// <param name="frames">Pictures that lie apart in time.</param>
    /// <param name="cancel">Gives up.</param>
    public FaceSighting Find(IReadOnlyList<GreyFrame> frames, CancellationToken cancel)
    {
        var seen = new List<IReadOnlyList<Face>>();
        foreach (var frame in frames)
        {
            cancel.ThrowIfCancellationRequested();
            seen.Add(finder.Find(frame));
        }
        return Judge(frames, seen);
    }

    /// <param name="frames">The pictures.</param>
    /// <param name="seen">The faces of each.</param>
    internal static FaceSighting Judge(IReadOnlyList<GreyFrame> frames, IReadOnlyList<IReadOnlyList<Face>> seen)
    {
        var share = seen.Count == 0 ? 0 : (double)seen.Count(faces => faces.Count > 0) / seen.Count;
        IReadOnlyList<Region> all = [.. seen.SelectMany(faces => faces.Select(face => face.Place))];
        FaceSighting None(string words) => new(null, all, share, words);
        if (share == 0)
            return None("no face was seen");
        if (frames.Count < FewestFrames)
            return None("the picture hardly changes, so that no overlay can be told from it");
        if (Steadiest(seen) is not { } face)
            return None("no face stays in its place");
        if (face.Height > LargestFace)
            return None("the face fills the picture");
        return new OverlayEdges(frames).Around(face) is { } facecam
            ? new FaceSighting(facecam, all, share, $"a facecam was found ({facecam})")
            : None("a face stays in its place, but no frame around it was found");
    }

    // The median place of the face that is seen in most of the pictures.
    private static Region? Steadiest(IReadOnlyList<IReadOnlyList<Face>> seen)
    {
        var groups = new List<List<Region>>();
        foreach (var place in seen.SelectMany(faces => faces.Select(face => face.Place)))
        {
            var group = groups.Find(g => g.Exists(other => other.Overlap(place) >= SamePlace));
            if (group is null)
                groups.Add([place]);
            else
                group.Add(place);
        }
        var best = groups.MaxBy(group => group.Count);
        return best is not null && best.Count >= Math.Max(FewestSightings, LeastSightings * seen.Count)
            ? new Region(
                Median(best.Select(r => r.X)),
                Median(best.Select(r => r.Y)),
                Median(best.Select(r => r.Width)),
                Median(best.Select(r => r.Height))
            )
            : null;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
