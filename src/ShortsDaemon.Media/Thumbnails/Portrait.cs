using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Media.Thumbnails;

/// <summary>The faces in one picture.</summary>
/// <param name="Faces">Fractions of the picture, the largest first; at least one.</param>
/// <param name="Sharpness">Of the largest: mean difference of a pixel to the mean of its neighbours.</param>
/// <param name="EyesOpen">Of the largest; null: nobody can tell.</param>
internal sealed record Portrait(IReadOnlyList<Region> Faces, double Sharpness, bool? EyesOpen)
{
    // Smaller ones are seen by nobody on a thumbnail, and looking for them is dear.
    private const double SmallestFace = 0.1;

    // px; the eyes of a smaller face are hardly larger than what the finder was taught with.
    private const int LeastFaceForEyes = 72;

    public double Height => Faces[0].Height;

    /// <returns>Null: no face is seen.</returns>
    public static Portrait? Of(GreyFrame picture, FaceFinder faces, FaceFinder? eyes)
    {
        Region[] places =
        [
            .. faces
                .Find(picture, new Region(0, 0, 1, 1), SmallestFace, 1)
                .Select(face => face.Place)
                .OrderByDescending(place => place.Height),
        ];
        return places is [var largest, ..]
            ? new Portrait(places, SharpnessOf(picture, largest), AreOpen(picture, largest, eyes))
            : null;
    }

    // A face reaches from the forehead to the chin: the eyes are above its middle, each about a third as wide.
    private static bool? AreOpen(GreyFrame picture, Region face, FaceFinder? eyes)
    {
        if (eyes is null || face.Height * picture.Height < LeastFaceForEyes)
            return null;
        var upper = face with { Y = face.Y + 0.1 * face.Height, Height = 0.5 * face.Height };
        return eyes.Find(picture, upper, 0.17 * face.Height, 0.45 * face.Height).Count > 0;
    }

    private static double SharpnessOf(GreyFrame picture, Region face)
    {
        var (left, top) = (Inside(face.X, picture.Width), Inside(face.Y, picture.Height));
        var (right, bottom) = (Inside(face.Right, picture.Width), Inside(face.Bottom, picture.Height));
        var sum = 0L;
        for (var y = top; y < bottom; y++)
        for (var x = left; x < right; x++)
        {
            var around = picture.At(x - 1, y) + picture.At(x + 1, y) + picture.At(x, y - 1) + picture.At(x, y + 1);
            sum += Math.Abs(4 * picture.At(x, y) - around);
        }
        return sum / 4.0 / Math.Max(1, (right - left) * (bottom - top));
    }

    // Every pixel has neighbours.
    private static int Inside(double share, int length) => Math.Clamp((int)(share * length), 1, length - 1);
}
