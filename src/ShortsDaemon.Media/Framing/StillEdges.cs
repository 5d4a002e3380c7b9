using ShortsDaemon.Media.Faces;

namespace ShortsDaemon.Media.Framing;

/// <summary>
/// Edges that stay in their place while the picture around them changes: the frame of an overlay. Measured over pictures
/// that lie apart in time; all places are px of those.
/// </summary>
internal sealed class StillEdges
{
    // In grey levels, between the neighbours of a pixel.
    private const int LeastStep = 12;

    // An edge is sharp: so far aside of it there is none. A texture is everywhere.
    private const int Aside = 6;

    private readonly int _width;
    private readonly int _height;

    // How often there is an upright (lying) edge at a pixel, summed down its column (along its row).
    private readonly float[] _upright;
    private readonly float[] _lying;

    // How much a pixel changes from picture to picture, summed over everything above and left.
    private readonly double[] _change;

    /// <param name="frames">At least two.</param>
    public StillEdges(IReadOnlyList<GreyFrame> frames)
    {
        (_width, _height) = (frames[0].Width, frames[0].Height);
        _upright = new float[_width * (_height + 1)];
        _lying = new float[(_width + 1) * _height];
        _change = new double[(_width + 1) * (_height + 1)];
        for (var y = 0; y < _height; y++)
            AddRow(frames, y);
    }

    /// <summary>Middle change per pixel, in grey levels.</summary>
    public double Change => ChangeIn(0, 0, _width, _height);

    /// <summary>How clearly an upright edge stands at x between two rows: 1 always and all along, 0 or less not at all.</summary>
    public double Upright(int x, int top, int bottom) => Clear(at => Column(at, top, bottom), x, _width);

    /// <summary>The same for a lying edge.</summary>
    public double Lying(int y, int left, int right) => Clear(at => Row(at, left, right), y, _height);

    /// <summary>Mean change per pixel in a rectangle, in grey levels; of none: 0.</summary>
    public double ChangeIn(int left, int top, int right, int bottom)
    {
        (left, right) = (Math.Clamp(left, 0, _width), Math.Clamp(right, 0, _width));
        (top, bottom) = (Math.Clamp(top, 0, _height), Math.Clamp(bottom, 0, _height));
        var pixels = (right - left) * (bottom - top);
        return pixels <= 0 ? 0 : (Sum(right, bottom) - Sum(left, bottom) - Sum(right, top) + Sum(left, top)) / pixels;
    }

    private static double Clear(Func<int, double> line, int at, int length) =>
        at < Aside || at >= length - Aside ? 0 : line(at) - (line(at - Aside) + line(at + Aside)) / 2;

    private double Column(int x, int top, int bottom)
    {
        (top, bottom) = (Math.Max(top, 0), Math.Min(bottom, _height));
        return bottom <= top ? 0 : (_upright[bottom * _width + x] - _upright[top * _width + x]) / (bottom - top);
    }

    private double Row(int y, int left, int right)
    {
        (left, right) = (Math.Max(left, 0), Math.Min(right, _width));
        return right <= left
            ? 0
            : (_lying[y * (_width + 1) + right] - _lying[y * (_width + 1) + left]) / (right - left);
    }

    private double Sum(int x, int y) => _change[y * (_width + 1) + x];

    private void AddRow(IReadOnlyList<GreyFrame> frames, int y)
    {
        var sum = 0d;
        for (var x = 0; x < _width; x++)
        {
            var (upright, lying, change) = Count(frames, x, y);
            _upright[(y + 1) * _width + x] = _upright[y * _width + x] + upright;
            _lying[y * (_width + 1) + x + 1] = _lying[y * (_width + 1) + x] + lying;
            sum += change;
            _change[(y + 1) * (_width + 1) + x + 1] = _change[y * (_width + 1) + x + 1] + sum;
        }
    }

    private (float Upright, float Lying, double Change) Count(IReadOnlyList<GreyFrame> frames, int x, int y)
    {
        var (left, right) = (Math.Max(x - 1, 0), Math.Min(x + 1, _width - 1));
        var (above, below) = (Math.Max(y - 1, 0), Math.Min(y + 1, _height - 1));
        var (upright, lying, change) = (0, 0, 0);
        for (var i = 0; i < frames.Count; i++)
        {
            var frame = frames[i];
            upright += Math.Abs(frame.At(right, y) - frame.At(left, y)) >= LeastStep ? 1 : 0;
            lying += Math.Abs(frame.At(x, below) - frame.At(x, above)) >= LeastStep ? 1 : 0;
            change += i > 0 ? Math.Abs(frame.At(x, y) - frames[i - 1].At(x, y)) : 0;
        }
        var count = (float)frames.Count;
        return (upright / count, lying / count, (double)change / (frames.Count - 1));
    }
}
