namespace ShortsDaemon.Media.Filters;

/// <summary>A picture that is vertical already: it fills the frame if little is lost, else it is shown whole on black.</summary>
internal sealed class Native : Layout
{
    // Phones film between 9:16 and 9:22; of what they show nobody misses a twentieth at each side.
    private const double SmallestShareKept = 0.9;

    public override LayoutName Name => LayoutName.Native;

    /// <summary>Whether hardly anything is lost when it fills the frame.</summary>
    public static bool Fills(Size source)
    {
        var aspect = Size.Short.Aspect;
        return Math.Min(source.Aspect, aspect) / Math.Max(source.Aspect, aspect) >= SmallestShareKept;
    }

    public override string Filters(Size source)
    {
        if (Fills(source))
            return new CentreCrop().Filters(source);
        return $"scale={Whole(source)},pad={Size.Short}:-1:-1";
    }

    public override Projection Shows(Size source, TimeSpan at) =>
        Fills(source) ? Projection.OfMiddle(source, Size.Short) : Projection.OfWhole(Whole(source), Size.Short);

    private static Size Whole(Size source)
    {
        var frame = Size.Short;
        return source.Aspect > frame.Aspect
            ? frame with
            {
                Height = Size.Even(frame.Width / source.Aspect),
            }
            : frame with
            {
                Width = Size.Even(frame.Height * source.Aspect),
            };
    }
}
