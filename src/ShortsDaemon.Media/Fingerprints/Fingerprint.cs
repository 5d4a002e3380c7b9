using System.Runtime.InteropServices;
using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>What a recording looks and sounds like, small enough to keep: about 250 bytes for each second.</summary>
public sealed class Fingerprint
{
    internal Fingerprint(ulong[][] pictures, uint[] sound) => (PictureWords, Sound) = (pictures, sound);

    internal ulong[][] PictureWords { get; }

    internal uint[] Sound { get; }

    /// <summary>There is something to compare.</summary>
    public bool IsTelling => PictureWords[0].Length > 0;

    public static Fingerprint Of(Sketch sketch) =>
        new(Fingerprints.PictureWords.Of(sketch), SoundWords.Of(sketch.Sound));

    /// <summary>Bytes to keep: pictures and sound.</summary>
    public (byte[] Pictures, byte[] Sound) Save() =>
        (
            [.. PictureWords.SelectMany(words => MemoryMarshal.AsBytes<ulong>(words).ToArray())],
            MemoryMarshal.AsBytes<uint>(Sound).ToArray()
        );

    /// <param name="pictures">As saved.</param>
    /// <param name="sound">As saved.</param>
    public static Fingerprint Load(ReadOnlySpan<byte> pictures, ReadOnlySpan<byte> sound)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(pictures).ToArray();
        var length = words.Length / Fingerprints.PictureWords.Parts;
        return new(
            [
                .. Enumerable
                    .Range(0, Fingerprints.PictureWords.Parts)
                    .Select(i => words[(i * length)..((i + 1) * length)]),
            ],
            MemoryMarshal.Cast<byte, uint>(sound).ToArray()
        );
    }
}
