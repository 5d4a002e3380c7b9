using System.Numerics;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>
/// How each picture changes within a second, cell by cell. Every picture has the same say, whether a scene ends or a hand moves; only what hardly
/// changes has less, so that noise says nothing.
/// </summary>
internal sealed class Motion
{
    /// <summary>Cells across and down where pictures are compared at a glance.</summary>
    public const int Grid = 8;

    private const int Cells = Grid * Grid;

    // Levels² of one cell: as much as noise does.
    private const float Noise = 0.25f;

    private readonly float[] _changes;
    private readonly float[] _energies;

    /// <param name="pictures">Of a recording.</param>
    /// <param name="part">What is looked at.</param>
    /// <param name="mirrored">From right to left.</param>
    /// <param name="second">Pictures in a second.</param>
    public Motion(LightSums pictures, Part part, bool mirrored, int second)
    {
        Count = Math.Max(0, pictures.Count - second);
        var cells = new float[pictures.Count * Cells];
        for (var i = 0; i < pictures.Count; i++)
            pictures.Cells(i, part, mirrored, Grid, cells.AsSpan(i * Cells, Cells));
        (_changes, _energies) = (new float[Count * Cells], new float[Count]);
        for (var i = 0; i < Count; i++)
        {
            var later = cells.AsSpan((i + second) * Cells, Cells);
            _energies[i] = Change(cells.AsSpan(i * Cells, Cells), later, _changes.AsSpan(i * Cells, Cells));
        }
    }

    public int Count { get; }

    /// <returns>Whether they move alike, −1 to 1, and how much moves: 1 for each picture that changes clearly.</returns>
    public static (double Likeness, double Moves) Compare(Motion known, Motion fresh, Timing timing, int first, int end)
    {
        var (dot, of, with) = (0f, 0f, 0f);
        // Every second picture is enough at a glance.
        for (var i = first; i < end; i += 2)
        {
            var at = timing.NewAt(i);
            dot += Dot(known._changes.AsSpan(i * Cells, Cells), fresh._changes.AsSpan(at * Cells, Cells));
            of += known._energies[i];
            with += fresh._energies[at];
        }
        var moves = Math.Sqrt(of * with);
        return (moves > 0 ? dot / moves : 0, moves);
    }

    /// <summary>What changes from one picture to another, brought to the same strength.</summary>
    /// <returns>How clearly it changes, 0 to 1.</returns>
    public static float Change(ReadOnlySpan<float> now, ReadOnlySpan<float> later, Span<float> change)
    {
        var (sum, energy) = (0f, 0f);
        for (var i = 0; i < change.Length; i++)
            sum += change[i] = later[i] - now[i];
        var mean = sum / change.Length;
        for (var i = 0; i < change.Length; i++)
        {
            change[i] -= mean;
            energy += change[i] * change[i];
        }
        var scale = 1 / MathF.Sqrt(energy + Noise * change.Length);
        for (var i = 0; i < change.Length; i++)
            change[i] *= scale;
        return energy * scale * scale;
    }

    /// <param name="a">Length a multiple of 16.</param>
    /// <param name="b">As long.</param>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        for (var i = 0; i < a.Length; i += Vector<float>.Count)
            sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        return Vector.Sum(sum);
    }
}
