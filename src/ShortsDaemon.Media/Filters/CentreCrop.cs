namespace ShortsDaemon.Media.Filters;

internal sealed class CentreCrop : Layout
{
    public override LayoutName Name => LayoutName.CentreCrop;

    // Crop before scale: scaling pixels that are then thrown away costs more than the whole rest.
    public override string Filters(Size source) => $"crop={source.Cut(Size.Short.Aspect)},scale={Size.Short}";

    public override Projection Shows(Size source, TimeSpan at) => Projection.OfMiddle(source, Size.Short);
}
