namespace ShortsDaemon.Media.Filters;

/// <summary>A part of a picture in fractions of its width and height, from its top left corner.</summary>
public readonly record struct Region(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;
    public double Bottom => Y + Height;
    public double CentreX => X + Width / 2;
    public double CentreY => Y + Height / 2;
    public double Area => Width * Height;

    /// <summary>Whether its middle lies in this part.</summary>
    public bool Holds(Region other) =>
        other.CentreX >= X && other.CentreX <= Right && other.CentreY >= Y && other.CentreY <= Bottom;

    /// <summary>What both share ÷ what both cover: 1 the same, 0 apart.</summary>
    public double Overlap(Region other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(X, other.X);
        var height = Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y);
        if (width <= 0 || height <= 0)
            return 0;
        var shared = width * height;
        return shared / (Area + other.Area - shared);
    }

    /// <summary>For people: "25 % × 33 % at 0 %, 33 %".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{100 * Width:0} % × {100 * Height:0} % at {100 * X:0} %, {100 * Y:0} %");
}
