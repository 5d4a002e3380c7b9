namespace ShortsDaemon.Media.Faces;

/// <summary>A small grey picture of a recording.</summary>
/// <param name="Width">px.</param>
/// <param name="Height">px.</param>
/// <param name="Pixels">0 black to 255 white, row by row.</param>
internal sealed record GreyFrame(int Width, int Height, byte[] Pixels)
{
    public int At(int x, int y) => Pixels[y * Width + x];

    /// <summary>Half as wide and high, each pixel the mean of four.</summary>
    public GreyFrame Halved()
    {
        var (width, height) = (Width / 2, Height / 2);
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        for (var x = 0; x < width; x++)
        {
            var corner = 2 * y * Width + 2 * x;
            var sum = Pixels[corner] + Pixels[corner + 1] + Pixels[corner + Width] + Pixels[corner + Width + 1];
            pixels[y * width + x] = (byte)((sum + 2) / 4);
        }
        return new GreyFrame(width, height, pixels);
    }

    /// <summary>Smaller by a factor of 1 to 2, with the pixels in between interpolated.</summary>
    public GreyFrame Shrunk(double factor)
    {
        var (width, height) = ((int)(Width / factor), (int)(Height / factor));
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var (row, down) = Split((y + 0.5) * factor - 0.5, Height);
            for (var x = 0; x < width; x++)
            {
                var (column, right) = Split((x + 0.5) * factor - 0.5, Width);
                var corner = row * Width + column;
                var above = Pixels[corner] * (256 - right) + Pixels[corner + 1] * right;
                var below = Pixels[corner + Width] * (256 - right) + Pixels[corner + Width + 1] * right;
                pixels[y * width + x] = (byte)((above * (256 - down) + below * down + 32768) >> 16);
            }
        }
        return new GreyFrame(width, height, pixels);
    }

    // Whole pixel and 256ths of the way to the next one, which exists.
    private static (int Whole, int Part) Split(double place, int length)
    {
        var inside = Math.Clamp(place, 0, length - 1.001);
        return ((int)inside, (int)((inside - (int)inside) * 256));
    }
}
