using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Filters;

/// <summary>Brings any source to upright, square-pixel, steady SDR pictures of a known size.</summary>
internal static class SourcePicture
{
    // A larger picture only costs memory: tone mapping 8K frames in float would take gigabytes.
    private const int LargestShortSide = 1920;
    private const int LargestLongSide = 8192;
    private const int SmallestSide = 16;

    private const string ToneMap =
        "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,"
        + "tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p";

    /// <summary>Picture size after <see cref="Filters"/>.</summary>
    /// <exception cref="RefusedMediaException">Too small to show.</exception>
    public static Size SizeOf(VideoStream source)
    {
        if (Math.Min(source.Width, source.Height) < SmallestSide)
            throw new RefusedMediaException($"the picture is only {source.Width}×{source.Height} px");
        var square = new Size(Size.Even(source.TurnedWidth * source.TurnedAspect), Size.Even(source.TurnedHeight));
        var shrink = Math.Min(
            (double)LargestShortSide / Math.Min(square.Width, square.Height),
            (double)LargestLongSide / Math.Max(square.Width, square.Height)
        );
        return shrink < 1 ? square.Scaled(shrink) : square;
    }

    public static IEnumerable<string> Filters(VideoStream source, FrameRate rate)
    {
        var colour = Completed(source);
        if (colour != source.Colour)
            yield return Describe(colour);
        if (source.IsInterlaced)
            yield return "bwdif=mode=send_frame:deint=interlaced";
        // Before any scaling: frames that are dropped here cost nothing further on.
        yield return $"fps={rate}:start_time=0";
        var size = SizeOf(source);
        if (IsConvertedFirst(source))
            yield return $"scale={size}:out_range=tv:out_color_matrix=bt709,format=yuv420p";
        else if (size != new Size(source.TurnedWidth, source.TurnedHeight))
            yield return $"scale={size}";
        yield return "setsar=1";
        if (source.Colour.IsHdr)
            yield return ToneMap;
    }

    /// <summary>Converts the pictures that a layout made of <see cref="Filters"/> to limited BT.709; nothing where they are.</summary>
    /// <remarks>The filter costs a twentieth of an encode even where it changes nothing.</remarks>
    public static IEnumerable<string> ToBt709(VideoStream source)
    {
        var isConverted = source.Colour.IsHdr || IsConvertedFirst(source);
        if (isConverted || Completed(source).Space == "bt709")
            yield break;
        // Stacking pictures forgets their colours.
        yield return Describe(Completed(source) with { Primaries = null, Transfer = null });
        yield return "scale=out_range=tv:out_color_matrix=bt709";
    }

    // Files often leave out their colours. Unsaid, ffmpeg takes any picture for standard definition, while players go by
    // its size; and zscale refuses to guess.
    private static Colour Completed(VideoStream source)
    {
        var colour = source.Colour;
        if (IsRgb(source))
            return colour;
        if (colour.IsHdr)
            return new(colour.Primaries ?? "bt2020", colour.Transfer, colour.Space ?? "bt2020nc", colour.Range ?? "tv");
        var usual = source is { Width: >= 1280 } or { Height: > 576 } ? "bt709" : "smpte170m";
        return colour with { Space = colour.Space ?? usual };
    }

    private static string Describe(Colour colour)
    {
        (string Name, string? Value)[] parts =
        [
            ("range", colour.Range),
            ("color_primaries", colour.Primaries),
            ("color_trc", colour.Transfer),
            ("colorspace", colour.Space),
        ];
        return "setparams="
            + string.Join(':', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={p.Value}"));
    }

    // Versions of ffmpeg differ in what scaling and stacking do to RGB and full range, so those end here.
    private static bool IsConvertedFirst(VideoStream source) =>
        !source.Colour.IsHdr && (IsRgb(source) || source.Colour.Range == "pc");

    private static bool IsRgb(VideoStream source) =>
        source.PixelFormat.Contains("rgb", StringComparison.Ordinal)
        || source.PixelFormat.Contains("bgr", StringComparison.Ordinal)
        || source.PixelFormat.StartsWith("gbr", StringComparison.Ordinal)
        || source.PixelFormat == "pal8";
}
