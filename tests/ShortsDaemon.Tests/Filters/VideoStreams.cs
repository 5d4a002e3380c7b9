using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Tests.Filters;

internal static class VideoStreams
{
    /// <summary>A tagged bt709 picture at 30 fps.</summary>
    public static VideoStream Of(int width, int height) =>
        new(
            0,
            "h264",
            width,
            height,
            1,
            0,
            new(30, 1),
            false,
            "yuv420p",
            new("bt709", "bt709", "bt709", "tv"),
            false,
            null
        );
}
