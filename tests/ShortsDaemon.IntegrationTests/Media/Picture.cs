using System.Globalization;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>One decoded frame of 1080×1920 as RGB.</summary>
internal sealed class Picture(byte[] rgb)
{
    public const int Width = 1080;
    public const int Height = 1920;

    private byte[] Rgb => rgb;

    /// <param name="path">A Short or its thumbnail.</param>
    /// <param name="second">Which moment; 0 for a still.</param>
    public static async Task<Picture> ReadAsync(string path, double second = 0)
    {
        var raw = Path.Combine(Studio.NewFolder(), "frame.rgb");
        var at = second.ToString(CultureInfo.InvariantCulture);
        string[] seek = second > 0 ? ["-ss", at] : [];
        await Recording.FFmpegAsync([
            .. seek,
            "-i",
            path,
            "-frames:v",
            "1",
            "-pix_fmt",
            "rgb24",
            "-f",
            "rawvideo",
            raw,
        ]);
        var picture = new Picture(await File.ReadAllBytesAsync(raw));
        File.Delete(raw);
        return picture;
    }

    /// <summary>Mean colour of the square of 2×<paramref name="radius"/> px around a place given in px.</summary>
    public (int R, int G, int B) At(int x, int y, int radius = 8)
    {
        long r = 0,
            g = 0,
            b = 0,
            count = 0;
        for (var row = Math.Max(0, y - radius); row < Math.Min(Height, y + radius); row++)
        {
            for (var column = Math.Max(0, x - radius); column < Math.Min(Width, x + radius); column++)
            {
                var at = (row * Width + column) * 3;
                (r, g, b, count) = (r + rgb[at], g + rgb[at + 1], b + rgb[at + 2], count + 1);
            }
        }
        return ((int)(r / count), (int)(g / count), (int)(b / count));
    }

    /// <summary>Mean of red, green and blue, 0–255.</summary>
    public int LightAt(int x, int y, int radius = 8)
    {
        var (r, g, b) = At(x, y, radius);
        return (r + g + b) / 3;
    }

    /// <summary>Mean light of the whole frame, 0–255.</summary>
    public int Light => LightAt(Width / 2, Height / 2, Height);

    /// <summary>The px that are lighter or darker than in another frame, and the box around them.</summary>
    /// <param name="other">The other frame.</param>
    /// <param name="by">Least difference of a colour, 0–255.</param>
    public (Box Box, int Count) ApartFrom(Picture other, int by)
    {
        var (left, top, right, bottom, count) = (Width, Height, 0, 0, 0);
        for (var at = 0; at < Width * Height; at++)
        {
            if (!IsApart(rgb.AsSpan(3 * at, 3), other.Bytes.AsSpan(3 * at, 3), by))
                continue;
            var (x, y) = (at % Width, at / Width);
            (left, top, count) = (Math.Min(left, x), Math.Min(top, y), count + 1);
            (right, bottom) = (Math.Max(right, x + 1), Math.Max(bottom, y + 1));
        }
        return (count == 0 ? default : new(left, top, right - left, bottom - top), count);
    }

    private static bool IsApart(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int by) =>
        Math.Abs(a[0] - b[0]) >= by || Math.Abs(a[1] - b[1]) >= by || Math.Abs(a[2] - b[2]) >= by;

    private byte[] Bytes => rgb;

    /// <summary>Bytes of the frame; 1080×1920×3 for a frame of the right size.</summary>
    public int Length => rgb.Length;

    /// <summary>Mean difference of all values, 0–255.</summary>
    public double DifferenceTo(Picture other)
    {
        long sum = 0;
        for (var i = 0; i < rgb.Length; i++)
            sum += Math.Abs(rgb[i] - other.Rgb[i]);
        return (double)sum / rgb.Length;
    }
}
