namespace ShortsDaemon.Media.SafeZones;

/// <summary>
/// Finds places that overlap neither a mask nor one another, each as near to its wish as can be. Earlier wishes choose first.
/// </summary>
/// <remarks>
/// The nearest free place of a box has its edges at those of what is in the way, or at its wish. So only those places are
/// tried, at a few widths.
/// </remarks>
public static class BoxSolver
{
    /// <summary>Left free at the edges of the frame, px.</summary>
    public const int Margin = 40;

    private const int Step = 20;

    // A text that is off the middle looks wrong before one that is too high; a narrow one only has more lines.
    private const double SidewaysWeight = 2;
    private const double LostWidthWeight = 0.5;

    /// <param name="wishes">Most important first.</param>
    /// <param name="taken">Masks, and what else has its place already.</param>
    /// <returns>Places by name; what found no room is missing.</returns>
    public static IReadOnlyDictionary<string, Box> Place(IEnumerable<Wish> wishes, IEnumerable<Box> taken) =>
        Place(wishes, taken, Box.Frame);

    /// <param name="wishes">Most important first.</param>
    /// <param name="taken">Masks, and what else has its place already.</param>
    /// <param name="frame">Of another picture than that of a Short.</param>
    public static IReadOnlyDictionary<string, Box> Place(IEnumerable<Wish> wishes, IEnumerable<Box> taken, Box frame)
    {
        var area = frame.Inside(Margin);
        List<Box> full = [.. taken];
        Dictionary<string, Box> places = [];
        foreach (var wish in wishes)
        {
            if (Nearest(wish, full, area) is not { } place)
                continue;
            places[wish.Name] = place;
            full.Add(place);
        }
        return places;
    }

    private static Box? Nearest(Wish wish, List<Box> full, Box area)
    {
        Box? best = null;
        var least = double.PositiveInfinity;
        for (var width = wish.Width; width >= Math.Max(1, wish.LeastWidth); width -= Step)
        {
            foreach (var place in Candidates(wish, width, full, area))
            {
                var cost = Cost(wish, place);
                if (cost < least && !full.Exists(place.Overlaps))
                    (best, least) = (place, cost);
            }
        }
        return best;
    }

    private static IEnumerable<Box> Candidates(Wish wish, int width, List<Box> full, Box area)
    {
        var lefts = Within(
            area.X,
            area.Right - width,
            [wish.CentreX - width / 2, .. full.Select(box => box.Right), .. full.Select(box => box.X - width)]
        );
        var tops = Within(
            area.Y,
            area.Bottom - wish.Height,
            [
                wish.CentreY - wish.Height / 2,
                .. full.Select(box => box.Bottom),
                .. full.Select(box => box.Y - wish.Height),
            ]
        );
        return from left in lefts from top in tops select new Box(left, top, width, wish.Height);
    }

    /// <returns>The least, the most, and the edges between them; nothing when the box is larger than its area.</returns>
    private static List<int> Within(int least, int most, IEnumerable<int> edges) =>
        most < least ? [] : [.. edges.Where(edge => edge > least && edge < most).Append(least).Append(most).Distinct()];

    private static double Cost(Wish wish, Box place) =>
        SidewaysWeight * Math.Abs(place.CentreX - wish.CentreX)
        + Math.Abs(place.CentreY - wish.CentreY)
        + LostWidthWeight * (wish.Width - place.Width);
}
