using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Media.Filters;

/// <summary>A way to fill the Short's frame. One file per layout; which one is taken is decided in Framing.</summary>
internal abstract class Layout
{
    /// <summary>Name of the file that <see cref="Commands"/> goes to; the graph knows it by this name only.</summary>
    public const string CommandFile = "camera.cmd";

    public abstract LayoutName Name { get; }

    /// <summary>Filters from a picture of the given size to exactly <see cref="Size.Short"/>.</summary>
    /// <param name="source">Size of the upright, square-pixel picture.</param>
    /// <returns>A chain for -filter_complex; may use its own labels, begins and ends unlabelled.</returns>
    public abstract string Filters(Size source);

    /// <summary>What the graph reads while it runs, in the form of ffmpeg's sendcmd; null: nothing.</summary>
    public virtual string? Commands(Size source) => null;

    /// <summary>Where a part of the recording is seen in the frame.</summary>
    /// <param name="source">Size of the upright, square-pixel picture.</param>
    /// <param name="at">By the clock of what is taken of the recording.</param>
    public abstract Projection Shows(Size source, TimeSpan at);

    /// <summary>Places in the frame that no text should cover.</summary>
    public virtual IReadOnlyList<Box> Taken(Size source) => [];
}
