namespace ShortsDaemon.Media.Fingerprints;

/// <summary>Square grey pictures as sums of brightness, so that the mean of any part costs four look-ups.</summary>
internal sealed class LightSums
{
    private readonly int _side;
    private readonly float[] _sums;

    /// <param name="side">Width and height in px.</param>
    /// <param name="count">How many pictures.</param>
    /// <param name="at">Brightness of a px of a picture, row by row.</param>
    public LightSums(int side, int count, Func<int, int, float> at)
    {
        (_side, Count) = (side, count);
        _sums = new float[count * PerPicture];
        for (var picture = 0; picture < count; picture++)
        for (var y = 0; y < side; y++)
        {
            var (row, above) = (0f, picture * PerPicture + y * (side + 1) + 1);
            for (var x = 0; x < side; x++)
            {
                row += at(picture, y * side + x);
                _sums[above + side + 1 + x] = _sums[above + x] + row;
            }
        }
    }

    public int Count { get; }

    private int PerPicture => (_side + 1) * (_side + 1);

    /// <summary>Mean brightness of the cells of a square grid laid over a part of a picture.</summary>
    /// <param name="picture">Which.</param>
    /// <param name="part">Where.</param>
    /// <param name="mirrored">From right to left.</param>
    /// <param name="grid">Cells across and down.</param>
    /// <param name="cells">Takes them, row by row.</param>
    public void Cells(int picture, Part part, bool mirrored, int grid, Span<float> cells)
    {
        Span<float> above = stackalloc float[grid + 1];
        Span<float> below = stackalloc float[grid + 1];
        var area = (float)(part.Width * part.Height * _side * _side / (grid * grid));
        Line(picture, part, 0, above);
        for (var y = 0; y < grid; y++)
        {
            Line(picture, part, y + 1, below);
            for (var x = 0; x < grid; x++)
                cells[y * grid + (mirrored ? grid - 1 - x : x)] =
                    (below[x + 1] - below[x] - above[x + 1] + above[x]) / area;
            below.CopyTo(above);
        }
    }

    // Sums from the corner of the picture to the points of one line of the grid.
    private void Line(int picture, Part part, int line, Span<float> sums)
    {
        var grid = sums.Length - 1;
        var (row, down) = Place(part.Y + part.Height * line / grid);
        var start = picture * PerPicture + row * (_side + 1);
        for (var x = 0; x <= grid; x++)
        {
            var (column, across) = Place(part.X + part.Width * x / grid);
            var at = start + column;
            var upper = _sums[at] + across * (_sums[at + 1] - _sums[at]);
            at += _side + 1;
            var lower = _sums[at] + across * (_sums[at + 1] - _sums[at]);
            sums[x] = upper + down * (lower - upper);
        }
    }

    private (int Whole, float Fraction) Place(double share)
    {
        var at = Math.Clamp(share, 0, 1) * _side;
        var whole = Math.Min((int)at, _side - 1);
        return (whole, (float)(at - whole));
    }
}
