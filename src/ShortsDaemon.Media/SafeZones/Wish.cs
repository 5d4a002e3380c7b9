namespace ShortsDaemon.Media.SafeZones;

/// <summary>Something that wants a place in the frame.</summary>
/// <param name="Name">What the solution calls it.</param>
/// <param name="CentreX">Where its middle would like to be, px.</param>
/// <param name="CentreY">px.</param>
/// <param name="Width">Width it would like, px.</param>
/// <param name="Height">Height it needs, px.</param>
/// <param name="LeastWidth">Width it can do with, px.</param>
public sealed record Wish(string Name, int CentreX, int CentreY, int Width, int Height, int LeastWidth);
