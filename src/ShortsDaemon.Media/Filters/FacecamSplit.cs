using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Media.Filters;

/// <summary>The facecam above, the game below, both filling their part from edge to edge.</summary>
/// <param name="facecam">Where the facecam is in the picture.</param>
internal sealed class FacecamSplit(Region facecam) : Layout
{
    // A facecam keeps its shape within these limits: less is no face, more leaves no game.
    private const int LowestFacecam = 540;
    private const int HighestFacecam = 820;

    // The middle of the picture, where the game happens, stays in the middle third of what is shown of it.
    private const double FarthestShift = 1 / 6d;

    public Region Facecam => facecam;

    public override LayoutName Name => LayoutName.FacecamSplit;

    public override string Filters(Size source)
    {
        var face = Pixels(source);
        var above = Above(face.Size);
        var below = Size.Short with { Height = Size.Short.Height - above.Height };
        var shown = face.Size.Cut(above.Aspect);
        var (x, y) = (face.X + Half(face.Size.Width - shown.Width), face.Y + Half(face.Size.Height - shown.Height));
        var game = source.Cut(below.Aspect);
        return $"split[face][game];[face]crop={shown}:{x}:{y},scale={above}[above];"
            + $"[game]crop={game}:{GameLeft(source, game, face)}:{Half(source.Height - game.Height)},scale={below}[below];"
            + "[above][below]vstack=inputs=2";
    }

    /// <summary>The game; the facecam is <see cref="Taken"/> anyway.</summary>
    public override Projection Shows(Size source, TimeSpan at)
    {
        var face = Pixels(source);
        var above = Above(face.Size).Height;
        var below = Size.Short with { Height = Size.Short.Height - above };
        var game = Projection.OfMiddle(source, below);
        var left = (double)GameLeft(source, source.Cut(below.Aspect), face) / source.Width;
        return new(game.Shown with { X = left }, game.Onto with { Y = above });
    }

    public override IReadOnlyList<Box> Taken(Size source) =>
        [Box.Frame with { Height = Above(Pixels(source).Size).Height }];

    private static Size Above(Size face) =>
        Size.Short with
        {
            Height = Size.Even(Math.Clamp(Size.Short.Width / face.Aspect, LowestFacecam, HighestFacecam)),
        };

    // Even numbers throughout, and never beyond the picture, however the fractions round.
    private (int X, int Y, Size Size) Pixels(Size source)
    {
        var width = Math.Min(Size.Even(facecam.Width * source.Width), source.Width);
        var height = Math.Min(Size.Even(facecam.Height * source.Height), source.Height);
        var x = Math.Clamp(EvenAt(facecam.X * source.Width), 0, source.Width - width);
        var y = Math.Clamp(EvenAt(facecam.Y * source.Height), 0, source.Height - height);
        return (x, y, new Size(width, height));
    }

    /// <summary>The game's left edge: in the middle, or so far aside that the facecam is not seen twice.</summary>
    private static int GameLeft(Size source, Size game, (int X, int Y, Size Size) face)
    {
        var middle = Half(source.Width - game.Width);
        var farthest = EvenAt(game.Width * FarthestShift);
        var faceIsLeft = face.X + face.Size.Width / 2 < source.Width / 2;
        var wanted = faceIsLeft ? Math.Max(middle, face.X + face.Size.Width) : Math.Min(middle, face.X - game.Width);
        var isReachable = Math.Abs(wanted - middle) <= farthest && wanted >= 0 && wanted + game.Width <= source.Width;
        return isReachable ? EvenAt(wanted) : middle;
    }

    private static int Half(int length) => length / 4 * 2;

    private static int EvenAt(double place) => (int)Math.Round(place / 2) * 2;
}
