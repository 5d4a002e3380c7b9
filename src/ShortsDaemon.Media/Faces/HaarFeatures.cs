namespace ShortsDaemon.Media.Faces;

/// <summary>Differences between the light of rectangles, measured by the contrast of the window.</summary>
/// <param name="width">Width of the window in px.</param>
/// <param name="height">Height of the window in px.</param>
/// <param name="features">The rectangles of each feature with their weights.</param>
internal sealed class HaarFeatures(int width, int height, IReadOnlyList<HaarFeatures.Part[]> features) : CascadeFeatures
{
    // In grey levels: a flatter window shows a wall or the sky.
    private const double LeastContrast = 10;

    public readonly record struct Part(int X, int Y, int Width, int Height, double Weight);

    public override FeatureView Over(IntegralPicture picture) => new View(picture, width, height, features);

    private readonly record struct Corners(int A, int B, int C, int D, double Weight)
    {
        public static Corners Of(Part part, int stride)
        {
            var corner = part.Y * stride + part.X;
            var below = corner + part.Height * stride;
            return new(corner, corner + part.Width, below, below + part.Width, part.Weight);
        }

        public double Sum(int[] sums, int window) =>
            sums[window + A] - sums[window + B] - sums[window + C] + sums[window + D];

        public double Sum(long[] sums, int window) =>
            sums[window + A] - sums[window + B] - sums[window + C] + sums[window + D];
    }

    private sealed class View(IntegralPicture picture, int width, int height, IReadOnlyList<Part[]> features)
        : FeatureView
    {
        private readonly IntegralPicture _picture = picture;
        private readonly Corners[][] _features =
        [
            .. features.Select(parts => parts.Select(part => Corners.Of(part, picture.Stride)).ToArray()),
        ];

        // The learners left out the outermost pixels.
        private readonly Corners _whole = Corners.Of(new Part(1, 1, width - 2, height - 2, 1), picture.Stride);
        private readonly double _area = (width - 2) * (height - 2);
        private int _window;
        private double _contrast;

        public override bool MoveTo(int x, int y)
        {
            _window = y * _picture.Stride + x;
            var sum = _whole.Sum(_picture.Sums, _window);
            var spread = _area * _whole.Sum(_picture.Squares, _window) - sum * sum;
            _contrast = spread > 0 ? Math.Sqrt(spread) : 0;
            return _contrast > LeastContrast * _area;
        }

        public override bool GoesLeft(in CascadeNode node)
        {
            var value = 0d;
            foreach (ref readonly var part in _features[node.Feature].AsSpan())
                value += part.Weight * part.Sum(_picture.Sums, _window);
            return value < node.Threshold * _contrast;
        }
    }
}
