namespace ShortsDaemon.Media.Faces;

/// <summary>Sums of everything above and left of each place, so that the sum of any rectangle is four look-ups.</summary>
internal sealed class IntegralPicture
{
    public IntegralPicture(GreyFrame frame)
    {
        (Width, Height, Stride) = (frame.Width, frame.Height, frame.Width + 1);
        Sums = new int[Stride * (Height + 1)];
        Squares = new long[Sums.Length];
        for (var y = 0; y < Height; y++)
        {
            var (sum, square) = (0, 0L);
            for (var x = 0; x < Width; x++)
            {
                var light = frame.Pixels[y * Width + x];
                sum += light;
                square += light * light;
                var at = (y + 1) * Stride + x + 1;
                Sums[at] = Sums[at - Stride] + sum;
                Squares[at] = Squares[at - Stride] + square;
            }
        }
    }

    /// <summary>px.</summary>
    public int Width { get; }

    /// <summary>px.</summary>
    public int Height { get; }

    /// <summary>Entries of one row, one more than <see cref="Width"/>.</summary>
    public int Stride { get; }

    public int[] Sums { get; }

    /// <summary>The same of the squares.</summary>
    public long[] Squares { get; }
}
