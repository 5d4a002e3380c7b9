using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Media.Filters;

/// <summary>Which part of a picture is shown, and where.</summary>
/// <param name="Shown">In fractions of the picture.</param>
/// <param name="Onto">Its place in the frame.</param>
internal readonly record struct Projection(Region Shown, Box Onto)
{
    /// <summary>The middle of a picture, cut to the shape of its place.</summary>
    public static Projection OfMiddle(Size source, Size onto)
    {
        var cut = source.Cut(onto.Aspect);
        var (width, height) = ((double)cut.Width / source.Width, (double)cut.Height / source.Height);
        return new(
            new Region((1 - width) / 2, (1 - height) / 2, width, height),
            new Box(0, 0, onto.Width, onto.Height)
        );
    }

    /// <summary>All of a picture, in the middle of a frame.</summary>
    public static Projection OfWhole(Size shown, Size frame) =>
        new(
            new Region(0, 0, 1, 1),
            new Box((frame.Width - shown.Width) / 2, (frame.Height - shown.Height) / 2, shown.Width, shown.Height)
        );

    /// <returns>Where a part of the picture is seen; null: nowhere.</returns>
    public Box? Of(Region part)
    {
        var (left, right) = (At(part.X, Shown.X, Shown.Width), At(part.Right, Shown.X, Shown.Width));
        var (top, bottom) = (At(part.Y, Shown.Y, Shown.Height), At(part.Bottom, Shown.Y, Shown.Height));
        if (right <= left || bottom <= top)
            return null;
        var (x, y) = (Onto.X + (int)(left * Onto.Width), Onto.Y + (int)(top * Onto.Height));
        return new Box(
            x,
            y,
            Onto.X + (int)Math.Ceiling(right * Onto.Width) - x,
            Onto.Y + (int)Math.Ceiling(bottom * Onto.Height) - y
        );
    }

    private static double At(double place, double start, double length) => Math.Clamp((place - start) / length, 0, 1);
}
