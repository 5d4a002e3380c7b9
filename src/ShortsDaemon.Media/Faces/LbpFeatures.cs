using System.Runtime.CompilerServices;

namespace ShortsDaemon.Media.Faces;

/// <summary>Local binary patterns: which of eight blocks around a block are at least as light as it.</summary>
/// <param name="blocks">The upper left of the nine blocks of each feature, in px of the window.</param>
internal sealed class LbpFeatures(IReadOnlyList<(int X, int Y, int Width, int Height)> blocks) : CascadeFeatures
{
    private const int Corners = 16;

    public override FeatureView Over(IntegralPicture picture) => new View(picture, blocks);

    private sealed class View : FeatureView
    {
        // Corners of the blocks around the one in the middle, clockwise from the upper left; the first is the highest bit.
        private static readonly int[] Around = [0, 1, 2, 6, 10, 9, 8, 4];

        private readonly int[] _sums;
        private readonly int[] _corners;
        private readonly int _stride;
        private int _window;

        public View(IntegralPicture picture, IReadOnlyList<(int X, int Y, int Width, int Height)> blocks)
        {
            (_sums, _stride) = (picture.Sums, picture.Stride);
            _corners = new int[blocks.Count * Corners];
            for (var i = 0; i < blocks.Count; i++)
            for (var corner = 0; corner < Corners; corner++)
            {
                var (x, y, width, height) = blocks[i];
                _corners[i * Corners + corner] = (y + corner / 4 * height) * _stride + x + corner % 4 * width;
            }
        }

        public override bool MoveTo(int x, int y)
        {
            _window = y * _stride + x;
            return true;
        }

        public override bool GoesLeft(in CascadeNode node)
        {
            var pattern = Pattern(_corners.AsSpan(node.Feature * Corners, Corners));
            return (node.Subset[pattern >> 5] & (1 << (pattern & 31))) != 0;
        }

        private int Pattern(ReadOnlySpan<int> corners)
        {
            var middle = Sum(corners, 5);
            var pattern = 0;
            foreach (var block in Around)
                pattern = (pattern << 1) | (Sum(corners, block) >= middle ? 1 : 0);
            return pattern;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Sum(ReadOnlySpan<int> corners, int block) =>
            _sums[_window + corners[block]]
            - _sums[_window + corners[block + 1]]
            - _sums[_window + corners[block + 4]]
            + _sums[_window + corners[block + 5]];
    }
}
