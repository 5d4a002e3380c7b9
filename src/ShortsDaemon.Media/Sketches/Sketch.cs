using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Faces;

namespace ShortsDaemon.Media.Sketches;

/// <summary>A recording in little: small grey pictures, squeezed to a square, and narrow sound by the same clock.</summary>
/// <param name="pictures">Brightness of the pictures one after another, <see cref="Side"/>² bytes each.</param>
/// <param name="sound">Mono samples at <see cref="SampleRate"/> Hz; empty when there is no sound.</param>
public sealed class Sketch(byte[] pictures, short[] sound)
{
    /// <summary>Pictures per second.</summary>
    public const int Rate = 8;

    /// <summary>Width and height of a picture in px.</summary>
    public const int Side = 96;

    /// <summary>Hz.</summary>
    public const int SampleRate = 8000;

    internal const int SamplesPerPicture = SampleRate / Rate;

    private const int Pixels = Side * Side;

    /// <summary>How many pictures there are.</summary>
    public int Count => pictures.Length / Pixels;

    /// <summary>Measured sound of the whole recording; null: nobody has listened.</summary>
    public Loudness? Heard { get; init; }

    public bool HasSound => sound.Length > 0;

    /// <summary>Some of the pictures, larger and in their own shape: each <see cref="StillStep"/>th, from the first on; may be none.</summary>
    internal IReadOnlyList<GreyFrame> Stills { get; init; } = [];

    internal int StillStep { get; init; } = 1;

    internal ReadOnlySpan<byte> Picture(int index) => pictures.AsSpan(index * Pixels, Pixels);

    internal ReadOnlySpan<short> Sound => sound;

    /// <summary>The sound while a picture is shown; empty where it has ended.</summary>
    internal ReadOnlySpan<short> SoundAt(int index)
    {
        var start = Math.Min(index * SamplesPerPicture, sound.Length);
        return sound.AsSpan(start, Math.Min(SamplesPerPicture, sound.Length - start));
    }
}
