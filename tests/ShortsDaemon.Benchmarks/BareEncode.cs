using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Benchmarks;

/// <summary>The least that has to be done: decode, crop, scale, encode with the daemon's own encoder settings; no sound.</summary>
internal static class BareEncode
{
    public static Task RunAsync(Workbench bench, string source, int rate) =>
        bench.FFmpegAsync([
            "-i",
            source,
            "-an",
            "-vf",
            "crop='2*trunc(ih*9/32)':ih,scale=1080:1920",
            .. new X264().OutputArguments(new EncodeSettings(new FrameRate(rate, 1))),
            bench.Path("bare.mp4"),
        ]);
}
