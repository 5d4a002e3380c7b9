using ShortsDaemon.Media.Faces;

namespace ShortsDaemon.Tests.Framing;

/// <summary>Draws small grey pictures.</summary>
internal static class Scenery
{
    public static GreyFrame Flat(int width, int height, byte light)
    {
        var pixels = new byte[width * height];
        Array.Fill(pixels, light);
        return new GreyFrame(width, height, pixels);
    }

    public static GreyFrame With(this GreyFrame frame, int x, int y, int width, int height, Func<int, int, int> light)
    {
        var pixels = (byte[])frame.Pixels.Clone();
        for (var row = Math.Max(0, y); row < Math.Min(frame.Height, y + height); row++)
        for (var column = Math.Max(0, x); column < Math.Min(frame.Width, x + width); column++)
            pixels[row * frame.Width + column] = (byte)Math.Clamp(light(column - x, row - y), 0, 255);
        return frame with { Pixels = pixels };
    }

    public static GreyFrame With(this GreyFrame frame, int x, int y, int width, int height, int light) =>
        frame.With(x, y, width, height, (_, _) => light);
}
