namespace ShortsDaemon.Media.Filters;

/// <summary>A way to fill the Short's frame. One file per layout.</summary>
internal abstract class Layout
{
    public abstract LayoutName Name { get; }

    /// <summary>Filters from a picture of the given size to exactly <see cref="Size.Short"/>.</summary>
    /// <param name="source">Size of the upright, square-pixel picture.</param>
    /// <returns>A chain for -filter_complex; may use its own labels, begins and ends unlabelled.</returns>
    public abstract string Filters(Size source);

    /// <summary>The layouts that exist; a new one adds its line here.</summary>
    public static Layout Of(LayoutName name) =>
        name switch
        {
            LayoutName.BlurredBackdrop => new BlurredBackdrop(),
            LayoutName.CentreCrop => new CentreCrop(),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such layout"),
        };
}
