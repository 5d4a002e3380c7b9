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

    // The probe takes recordings only.
    private static async Task<string> Wrapped(string path)
    {
        var wrapped = Path.Combine(Studio.NewFolder(), "still.mkv");
        await Recording.FFmpegAsync(["-i", path, "-c", "copy", wrapped]);
        return wrapped;
    }
}
