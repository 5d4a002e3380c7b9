using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Where a facecam is in the picture, in fractions of its width and height from its top left corner.</summary>
public sealed class FacecamOptions : IValidatableObject
{
    [Range(0, 1)]
    public double X { get; init; }

    [Range(0, 1)]
    public double Y { get; init; }

    /// <summary>0: not known.</summary>
    [Range(0, 1)]
    public double Width { get; init; }

    /// <summary>0: not known.</summary>
    [Range(0, 1)]
    public double Height { get; init; }

    /// <summary>Null: not known.</summary>
    public Region? Region => Width > 0 && Height > 0 ? new Region(X, Y, Width, Height) : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        // A pixel count divided by hand may end a hair beyond 1.
        const double WholePicture = 1.001;
        if (Width > 0 != Height > 0)
            yield return new("a rectangle needs both Width and Height");
        if (X + Width > WholePicture)
            yield return new("X and Width together go beyond the right edge of the picture (1)");
        if (Y + Height > WholePicture)
            yield return new("Y and Height together go beyond the lower edge of the picture (1)");
    }
}
