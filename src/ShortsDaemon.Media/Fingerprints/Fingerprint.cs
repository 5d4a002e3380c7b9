using System.Runtime.InteropServices;
using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>What a recording looks and sounds like, small enough to keep: about 370 bytes for each second.</summary>
public sealed class Fingerprint
{
    /// <summary>Width and height of a picture in px.</summary>
    internal const int Side = 12;

    internal const int PicturesPerSecond = 2;

    // Before the pictures. What was saved in another form says nothing.
    private const byte Form = 2;
    private const int PerPicture = Side * Side;

    private Fingerprint(byte[] pictures, uint[] sound) => (Pictures, Sound) = (pictures, sound);

    /// <summary>Grey, one after another, black bars left out.</summary>
    internal byte[] Pictures { get; }

    internal uint[] Sound { get; }

    internal int Count => Pictures.Length / PerPicture;

    /// <summary>There is something to compare.</summary>
    public bool IsTelling => Pictures.Length > 0;

    public static Fingerprint Of(Sketch sketch) => new(Small(sketch), SoundWords.Of(sketch.Sound));

    /// <summary>Bytes to keep: pictures and sound.</summary>
    public (byte[] Pictures, byte[] Sound) Save() =>
        ([Form, .. Pictures], MemoryMarshal.AsBytes<uint>(Sound).ToArray());

    /// <param name="pictures">As saved.</param>
    /// <param name="sound">As saved.</param>
    public static Fingerprint Load(ReadOnlySpan<byte> pictures, ReadOnlySpan<byte> sound) =>
        pictures.Length % PerPicture == 1 && pictures[0] == Form
            ? new(pictures[1..].ToArray(), MemoryMarshal.Cast<byte, uint>(sound).ToArray())
            : new([], []);

    private static byte[] Small(Sketch sketch)
    {
        const int Step = Sketch.Rate / PicturesPerSecond;
        var lit = Part.Lit(sketch);
        var all = new LightSums(Sketch.Side, sketch.Count / Step, (picture, at) => sketch.Picture(picture * Step)[at]);
        var small = new byte[all.Count * PerPicture];
        Span<float> cells = stackalloc float[PerPicture];
        for (var i = 0; i < all.Count; i++)
        {
            all.Cells(i, lit, mirrored: false, Side, cells);
            for (var cell = 0; cell < PerPicture; cell++)
                small[i * PerPicture + cell] = (byte)Math.Clamp(MathF.Round(cells[cell]), 0, 255);
        }
        return small;
    }
}
