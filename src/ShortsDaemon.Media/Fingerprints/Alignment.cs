using System.Numerics;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>Two rows of words of sound laid against each other where they differ least.</summary>
/// <param name="Offset">The first word of the one lies at this word of the other.</param>
/// <param name="Distance">Share of the bits that differ: 0 the same, about a half by chance.</param>
/// <param name="Words">How many words were compared.</param>
internal readonly record struct Alignment(int Offset, double Distance, int Words)
{
    public static Alignment None { get; } = new(0, 1, 0);

    /// <param name="a">One row.</param>
    /// <param name="b">The other.</param>
    /// <param name="fewest">Words that must lie against each other.</param>
    public static Alignment Best(uint[] a, uint[] b, int fewest)
    {
        var best = None;
        for (var offset = fewest - a.Length; offset <= b.Length - fewest; offset++)
            if (At(a, b, offset, fewest) is var here && here.Distance < best.Distance)
                best = here;
        return best;
    }

    // Silence says nothing.
    private static Alignment At(uint[] a, uint[] b, int offset, int fewest)
    {
        var (first, end) = (Math.Max(0, -offset), Math.Min(a.Length, b.Length - offset));
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
}
