using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Media.SafeZones;

/// <summary>A rectangle in the frame of a Short, in px from its upper left corner.</summary>
public readonly record struct Box(int X, int Y, int Width, int Height)
{
    /// <summary>1080×1920.</summary>
    public static Box Frame { get; } = new(0, 0, Size.Short.Width, Size.Short.Height);

    public int Right => X + Width;
    public int Bottom => Y + Height;
    public double CentreX => X + Width / 2.0;
    public double CentreY => Y + Height / 2.0;

    /// <summary>They share at least one px; boxes that only touch do not.</summary>
    public bool Overlaps(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    public bool Contains(Box other) => X <= other.X && Y <= other.Y && other.Right <= Right && other.Bottom <= Bottom;

    /// <summary>The box without a border of so many px.</summary>
    public Box Inside(int border) =>
        new(X + border, Y + border, Math.Max(0, Width - 2 * border), Math.Max(0, Height - 2 * border));
}
