using ShortsDaemon.Media.Faces;

namespace ShortsDaemon.Media.Framing;

/// <summary>Where in the picture something moves.</summary>
internal static class MotionCentre
{
    // Every fourth pixel in each direction tells as much as all of them.
    private const int Step = 4;

    // In grey levels; noise and the flicker of compression stay below.
    private const int LeastChange = 20;
    private const double LeastMovingShare = 0.002;

    /// <returns>Middle of the motion in fractions of the width; null: hardly anything moves.</returns>
    public static double? Between(GreyFrame before, GreyFrame after)
    {
        var (seen, moving, places) = (0, 0d, 0d);
        for (var y = Step / 2; y < after.Height; y += Step)
        for (var x = Step / 2; x < after.Width; x += Step)
        {
            seen++;
            var change = Math.Abs(after.At(x, y) - before.At(x, y));
            if (change < LeastChange)
                continue;
            moving++;
            places += x + 0.5;
        }
        var share = moving / seen;
        if (share < LeastMovingShare)
            return null;
        var middle = places / moving / after.Width;
        // When everything moves, the camera of the game does, and what matters is in its middle.
        return middle + (0.5 - middle) * share;
    }
}
