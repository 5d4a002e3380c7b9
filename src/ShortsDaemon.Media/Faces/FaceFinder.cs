using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Media.Faces;

/// <summary>Finds faces that look into the camera.</summary>
internal sealed class FaceFinder(Cascade cascade)
{
    // Finer steps find little more and cost as much as they are fine.
    private const double SizeStep = 1.15;

    /// <summary>The whole picture, any size.</summary>
    public IReadOnlyList<Face> Find(GreyFrame frame) => Find(frame, new Region(0, 0, 1, 1), 0, 1);

    /// <param name="frame">Where to look.</param>
    /// <param name="within">The part of it in which the whole face lies.</param>
    /// <param name="smallest">Least height of the face ÷ height of the picture.</param>
    /// <param name="largest">Largest height of the face ÷ height of the picture.</param>
    /// <returns>The surest first.</returns>
    public IReadOnlyList<Face> Find(GreyFrame frame, Region within, double smallest, double largest)
    {
        var windows = new List<Region>();
        var (octave, halvings) = (frame, 0);
        for (var factor = 1d; ; factor *= SizeStep)
        {
            while (factor >= 2 << halvings)
                (octave, halvings) = (octave.Halved(), halvings + 1);
            var level = octave.Shrunk(factor / (1 << halvings));
            var height = (double)cascade.Height / level.Height;
            if (level.Width < cascade.Width || level.Height < cascade.Height || height > largest)
                break;
            if (height >= smallest)
                Scan(level, within, windows);
        }
        return FaceGroups.Of(windows);
    }

    private void Scan(GreyFrame level, Region within, List<Region> found)
    {
        var picture = new IntegralPicture(level);
        var view = cascade.Features.Over(picture);
        // A large face in a large picture moves little from pixel to pixel.
        var step = level.Width > 4 * cascade.Width ? 2 : 1;
        var (left, top) = (Math.Max(0, (int)(within.X * level.Width)), Math.Max(0, (int)(within.Y * level.Height)));
        var right = Math.Min(level.Width, (int)Math.Ceiling(within.Right * level.Width)) - cascade.Width;
        var bottom = Math.Min(level.Height, (int)Math.Ceiling(within.Bottom * level.Height)) - cascade.Height;
        for (var y = top; y <= bottom; y += step)
        for (var x = left; x <= right; x += step)
            if (view.MoveTo(x, y) && cascade.Accepts(view))
                found.Add(Share(level, x, y));
    }

    private Region Share(GreyFrame level, int x, int y) =>
        new(
            (double)x / level.Width,
            (double)y / level.Height,
            (double)cascade.Width / level.Width,
            (double)cascade.Height / level.Height
        );
}

/// <param name="Place">Forehead to chin, about as wide as high.</param>
/// <param name="Windows">How many windows agreed on it.</param>
internal sealed record Face(Region Place, int Windows);
