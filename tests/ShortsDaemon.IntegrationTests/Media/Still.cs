using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>A JPEG of any size.</summary>
internal sealed record Still(byte[] Rgb, int Width, int Height)
{
    public static async Task<Still> ReadAsync(string path)
    {
        var info = await Studio.Probe.ProbeAsync(await Wrapped(path), CancellationToken.None);
        var raw = Path.Combine(Studio.NewFolder(), "still.rgb");
        await Recording.FFmpegAsync(["-i", path, "-pix_fmt", "rgb24", "-f", "rawvideo", raw]);
        return new(await File.ReadAllBytesAsync(raw), info.Picture!.Width, info.Picture.Height);
    }

    /// <returns>The strongest colour of a place.</returns>
    public string At(int x, int y)
    {
        var at = (y * Width + x) * 3;
        byte[] values = [Rgb[at], Rgb[at + 1], Rgb[at + 2]];
        return ((string[])["red", "green", "blue"])[Array.IndexOf(values, values.Max())];
    }

    /// <summary>The px of which all colours are lighter than that, 0–255, and the box around them.</summary>
    public (Box Box, int Count) BrighterThan(int light)
    {
        int[] bright =
        [
            .. Enumerable.Range(0, Width * Height).Where(i => Rgb.AsSpan(3 * i, 3).ToArray().Min() > light),
        ];
        if (bright.Length == 0)
            return default;
        var (left, top) = (bright.Min(i => i % Width), bright[0] / Width);
        return (new Box(left, top, bright.Max(i => i % Width) + 1 - left, bright[^1] / Width + 1 - top), bright.Length);
    }

    // The probe takes recordings only.
    private static async Task<string> Wrapped(string path)
    {
        var wrapped = Path.Combine(Studio.NewFolder(), "still.mkv");
        await Recording.FFmpegAsync(["-i", path, "-c", "copy", wrapped]);
        return wrapped;
    }
}
