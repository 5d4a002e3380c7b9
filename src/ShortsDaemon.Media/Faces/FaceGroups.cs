using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Media.Faces;

/// <summary>A real face is found by many windows around it, a chance likeness by one or two.</summary>
internal static class FaceGroups
{
    private const int FewestWindows = 3;
    private const double LeastOverlap = 0.45;

    /// <returns>The means of windows that agree, the largest group first.</returns>
    public static IReadOnlyList<Face> Of(IReadOnlyList<Region> windows)
    {
        var groups = new List<List<Region>>();
        foreach (var window in windows)
        {
            var group = groups.Find(g => Mean(g).Overlap(window) >= LeastOverlap);
            if (group is null)
                groups.Add([window]);
            else
                group.Add(window);
        }
        var faces = groups
            .Where(group => group.Count >= FewestWindows)
            .Select(group => new Face(Mean(group), group.Count))
            .OrderByDescending(face => face.Windows);
        return [.. WithoutCopies(faces)];
    }

    // Sizes far apart may agree on one face without agreeing with each other.
    private static List<Face> WithoutCopies(IEnumerable<Face> faces)
    {
        var kept = new List<Face>();
        foreach (var face in faces)
            if (!kept.Exists(k => k.Place.Holds(face.Place) || face.Place.Holds(k.Place)))
                kept.Add(face);
        return kept;
    }

    private static Region Mean(List<Region> group) =>
        new(
            group.Average(r => r.X),
            group.Average(r => r.Y),
            group.Average(r => r.Width),
            group.Average(r => r.Height)
        );
}
