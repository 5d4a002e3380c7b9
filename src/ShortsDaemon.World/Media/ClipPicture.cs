using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ShortsDaemon.World.Media;

/// <summary>What a clip looks and sounds like.</summary>
/// <param name="Id">Makes it different from all others.</param>
/// <param name="Seconds">Length.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record ClipPicture(string Id, double Seconds, int Width, int Height)
{
    private const double PieceSeconds = 4;

    private readonly byte[] _hash = SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id} {Seconds} {Width} {Height}"))
    );

    public string Key => Convert.ToHexStringLower(_hash.AsSpan(0, 12));

    /// <summary>Arguments for the first seconds of the picture, which are then repeated: encoding them all is dear.</summary>
    public IEnumerable<string> Piece =>
        [
            .. (string[])["-f", "lavfi", "-i", $"gradients=s=320x180:r=30:nb_colors=4:speed=0.05:seed={Seed}"],
            .. (string[])["-f", "lavfi", "-i", "testsrc2=s=160x90:r=30"],
            .. (string[])["-filter_complex", $"[1:v]hue=h={Seed % 360}[t];[0:v][t]overlay=20:20,{Enlarge}[v]"],
            .. (string[])["-map", "[v]", "-t", Text(Math.Min(Seconds, PieceSeconds))],
            .. (string[])["-c:v", "libx264", "-preset", "ultrafast", "-crf", "28", "-g", "60"],
        ];

    private string Enlarge => $"format=yuv420p,scale={Width}:{Height}:flags=fast_bilinear";

    private uint Seed => BitConverter.ToUInt32(_hash) % 1_000_000;

    /// <summary>Arguments for the clip itself, about -20 LUFS.</summary>
    /// <param name="piece">Path of the piece.</param>
    public IEnumerable<string> Whole(string piece) =>
        [
            .. (string[])["-stream_loop", "-1", "-i", piece],
            .. (string[])["-f", "lavfi", "-i", $"sine=frequency={220 + (Seed % 660)}:beep_factor=4:sample_rate=48000"],
            .. (string[])["-map", "0:v", "-map", "1:a", "-t", Text(Seconds), "-c:v", "copy"],
            .. (string[])["-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"],
        ];

    private static string Text(double seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
