using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>
/// Four words of 64 bits for each second of pictures, for the whole picture and for parts that a copy may be cut to: where it
/// gets darker from left to right, on a grid of 9×8 cells. Black bars are left out.
/// </summary>
internal static class PictureWords
{
    public const int Rate = 4;

    /// <summary>How many parts of a picture there are, the whole first.</summary>
    public static int Parts => Areas.Length;

    private const int Columns = 9;
    private const int Rows = 8;

    // Flat areas must not flicker.
    private const double Bias = 2;
    private const int DarkLevel = 40;
    private const double SmallestArea = 0.25;

    // Share of width and height, in the middle: a zoom, 9:16 out of 16:9, and 16:9 between two blurred strips.
    private static readonly (double Width, double Height)[] Areas =
    [
        (1, 1),
        (0.9, 0.9),
        (0.8, 0.8),
        (81.0 / 256, 1),
        (1, 81.0 / 256),
    ];

    /// <returns>The words of each part.</returns>
    public static ulong[][] Of(Sketch sketch, bool mirrored = false)
    {
        const int Step = Sketch.Rate / Rate;
        var box = Box.Of(sketch);
        var words = Areas.Select(_ => new ulong[sketch.Count / Step]).ToArray();
        for (var i = 0; i < sketch.Count / Step; i++)
        for (var part = 0; part < Areas.Length; part++)
            words[part][i] = Word(sketch.Picture(i * Step), box.Middle(Areas[part]), mirrored);
        return words;
    }

    private static ulong Word(ReadOnlySpan<byte> picture, Box area, bool mirrored)
    {
        Span<double> cells = stackalloc double[Columns * Rows];
        for (var row = 0; row < Rows; row++)
        for (var column = 0; column < Columns; column++)
            cells[row * Columns + (mirrored ? Columns - 1 - column : column)] = area.Cell(picture, column, row);
        var word = 0ul;
        for (var row = 0; row < Rows; row++)
        for (var column = 0; column < Columns - 1; column++)
            if (cells[row * Columns + column] > cells[row * Columns + column + 1] + Bias)
                word |= 1ul << (row * (Columns - 1) + column);
        return word;
    }

    /// <summary>A part of the picture in px.</summary>
    private readonly record struct Box(double Left, double Top, double Width, double Height)
    {
        /// <summary>What is not black all the time.</summary>
        public static Box Of(Sketch sketch)
        {
            var brightest = new byte[Sketch.Side * Sketch.Side];
            for (var i = 0; i < sketch.Count; i += Sketch.Rate)
            {
                var picture = sketch.Picture(i);
                for (var p = 0; p < brightest.Length; p++)
                    brightest[p] = Math.Max(brightest[p], picture[p]);
            }
            var lit = Enumerable.Range(0, brightest.Length).Where(p => brightest[p] > DarkLevel).ToList();
            if (lit.Count == 0)
                return new Box(0, 0, Sketch.Side, Sketch.Side);
            var (left, right) = (lit.Min(p => p % Sketch.Side), lit.Max(p => p % Sketch.Side) + 1);
            var (top, bottom) = (lit[0] / Sketch.Side, lit[^1] / Sketch.Side + 1);
            return (right - left) * (bottom - top) < SmallestArea * brightest.Length
                ? new Box(0, 0, Sketch.Side, Sketch.Side)
                : new Box(left, top, right - left, bottom - top);
        }

        public Box Middle((double Width, double Height) share) =>
            new(
                Left + Width * (1 - share.Width) / 2,
                Top + Height * (1 - share.Height) / 2,
                Width * share.Width,
                Height * share.Height
            );

        /// <summary>Mean brightness of a cell of the grid.</summary>
        public double Cell(ReadOnlySpan<byte> picture, int column, int row)
        {
            var (x, y) = (Left + column * Width / Columns, Top + row * Height / Rows);
            var (right, bottom) = (End(x + Width / Columns, x), End(y + Height / Rows, y));
            var (sum, count) = (0, 0);
            for (var line = (int)y; line < bottom; line++)
            for (var at = (int)x; at < right; at++)
                (sum, count) = (sum + picture[line * Sketch.Side + at], count + 1);
            return (double)sum / count;
        }

        private static int End(double end, double start) =>
            Math.Min(Sketch.Side, Math.Max((int)start + 1, (int)Math.Round(end)));
    }
}
