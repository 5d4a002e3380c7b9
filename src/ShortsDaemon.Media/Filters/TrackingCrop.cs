using ShortsDaemon.Media.Framing;

namespace ShortsDaemon.Media.Filters;

/// <summary>A 9:16 cut that a camera moves from side to side, by one command for each frame in which it moves.</summary>
internal sealed class TrackingCrop(CameraPath path) : Layout
{
    public override LayoutName Name => LayoutName.TrackingCrop;

    /// <summary>Width of the cut ÷ width of the picture.</summary>
    public static double ShareOf(Size source) => (double)source.Cut(Size.Short.Aspect).Width / source.Width;

    // exact: odd places too, or a slow camera would move in steps that can be seen.
    public override string Filters(Size source) =>
        $"sendcmd=f={CommandFile},crop@camera={source.Cut(Size.Short.Aspect)}:{Left(source, path.Centres[0])}:0:exact=1,"
        + $"scale={Size.Short}";

    public override string Commands(Size source) =>
        CameraCommands.Of(path.Rate, [.. path.Centres.Select(centre => Left(source, centre))]);

    public override Projection Shows(Size source, TimeSpan at)
    {
        var frame = Math.Clamp((int)(at.TotalSeconds * path.Rate.PerSecond), 0, path.Centres.Count - 1);
        var middle = Projection.OfMiddle(source, Size.Short);
        var left = (double)Left(source, path.Centres[frame]) / source.Width;
        return middle with { Shown = middle.Shown with { X = left } };
    }

    private static int Left(Size source, double centre)
    {
        var cut = source.Cut(Size.Short.Aspect);
        return (int)Math.Round(Math.Clamp(centre * source.Width - cut.Width / 2d, 0, source.Width - cut.Width));
    }
}
