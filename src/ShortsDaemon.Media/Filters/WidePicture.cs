namespace ShortsDaemon.Media.Filters;

/// <summary>One picture of a recording as it looks beside a title: 1280×720, whatever its shape.</summary>
internal static class WidePicture
{
    private const int Shrink = 8;

    // An old television picture loses a quarter of its height; what is narrower is shown whole.
    private const double NarrowestCut = 4 / 3d;

    public static Size Frame { get; } = new(1280, 720);

    /// <param name="source">Size of the upright, square-pixel picture.</param>
    /// <returns>Begins and ends unlabelled.</returns>
    public static string Filters(Size source)
    {
        var cut = source.Cut(Frame.Aspect);
        if (IsCut(source))
            return $"crop={cut},scale={Frame}";
        var small = new Size(Frame.Width / Shrink, Frame.Height / Shrink);
        var shown = Whole(source);
        return $"split[sharp][soft];[soft]crop={cut},scale={small},gblur=sigma=5,scale={Frame}[behind];"
            + $"[sharp]scale={shown}[before];[behind][before]overlay=x={(Frame.Width - shown.Width) / 4 * 2}:y=0";
    }

    /// <summary>Where a part of the recording is seen in it.</summary>
    public static Projection Shows(Size source) =>
        IsCut(source) ? Projection.OfMiddle(source, Frame) : Projection.OfWhole(Whole(source), Frame);

    private static bool IsCut(Size source) => source.Aspect >= NarrowestCut - 0.01;

    private static Size Whole(Size source) => Frame with { Width = Size.Even(Frame.Height * source.Aspect) };
}
