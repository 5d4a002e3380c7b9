using System.Numerics;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>Two rows of words laid against each other where they differ least.</summary>
/// <param name="Offset">The first word of the one lies at this word of the other.</param>
/// <param name="Distance">Share of the bits that differ: 0 the same, about a half by chance.</param>
/// <param name="Words">How many words were compared.</param>
internal readonly record struct Alignment(int Offset, double Distance, int Words)
{
    public static Alignment None { get; } = new(0, 1, 0);

    /// <param name="a">One row.</param>
    /// <param name="b">The other.</param>
    /// <param name="fewest">Words that must lie against each other.</param>
    public static Alignment Best(ulong[] a, ulong[] b, int fewest) =>
        Best(a.Length, b.Length, fewest, offset => At(a, b, offset));

    public static Alignment Best(uint[] a, uint[] b, int fewest) =>
        Best(a.Length, b.Length, fewest, offset => At(a, b, offset, fewest));

    public static Alignment At(ulong[] a, ulong[] b, int offset)
    {
        var (first, end) = Common(a.Length, b.Length, offset);
        var bits = 0;
        for (var i = first; i < end; i++)
            bits += BitOperations.PopCount(a[i] ^ b[i + offset]);
        return end > first ? new(offset, bits / (64.0 * (end - first)), end - first) : None;
    }

    /// <summary>Share of the bits that change between neighbours in either row and change in both: 1 where they move alike.</summary>
    /// <remarks>What never moves, a frame or a logo, says nothing here.</remarks>
    public (double Share, int Changes) SharedChanges(ulong[] a, ulong[] b)
    {
        var (first, end) = Common(a.Length, b.Length, Offset);
        var (both, either) = (0, 0);
        for (var i = first + 1; i < end; i++)
        {
            var (x, y) = (a[i] ^ a[i - 1], b[i + Offset] ^ b[i + Offset - 1]);
            both += BitOperations.PopCount(x & y);
            either += BitOperations.PopCount(x | y);
        }
        return (either > 0 ? (double)both / either : 0, either);
    }

    // Silence says nothing.
    private static Alignment At(uint[] a, uint[] b, int offset, int fewest)
    {
        var (first, end) = Common(a.Length, b.Length, offset);
        var (bits, words) = (0, 0);
        for (var i = first; i < end; i++)
        {
            if (a[i] == SoundWords.Nothing || b[i + offset] == SoundWords.Nothing)
                continue;
            bits += BitOperations.PopCount(a[i] ^ b[i + offset]);
            words++;
        }
        return words >= fewest ? new(offset, bits / (32.0 * words), words) : None;
    }

    private static Alignment Best(int a, int b, int fewest, Func<int, Alignment> at)
    {
        var best = None;
        for (var offset = fewest - a; offset <= b - fewest; offset++)
            if (at(offset) is var here && here.Words >= fewest && here.Distance < best.Distance)
                best = here;
        return best;
    }

    private static (int First, int End) Common(int a, int b, int offset) =>
        (Math.Max(0, -offset), Math.Min(a, b - offset));
}
