using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>The pictures of a new recording, made ready for being compared.</summary>
internal sealed class NewPictures
{
    private const int Shrink = 2;
    private const int Side = Sketch.Side / Shrink;

    private readonly Part _lit;
    private readonly Dictionary<(Part Part, bool Mirrored), Motion> _motions = [];

    public NewPictures(Sketch sketch)
    {
        _lit = Part.Lit(sketch);
        Sums = new LightSums(Side, sketch.Count, (picture, at) => Shrunk(sketch.Picture(picture), at));
    }

    public LightSums Sums { get; }

    /// <summary>The part of the whole picture, black bars and all.</summary>
    public Part Place(Part part, bool mirrored) => _lit.Of(part, mirrored);

    public Motion Motion(Part part, bool mirrored) =>
        _motions.TryGetValue((part, mirrored), out var known)
            ? known
            : _motions[(part, mirrored)] = new Motion(Sums, Place(part, mirrored), mirrored, Sketch.Rate);

    private static float Shrunk(ReadOnlySpan<byte> picture, int at)
    {
        var corner = at / Side * Shrink * Sketch.Side + at % Side * Shrink;
        var below = corner + Sketch.Side;
        return (picture[corner] + picture[corner + 1] + picture[below] + picture[below + 1]) / 4f;
    }
}
