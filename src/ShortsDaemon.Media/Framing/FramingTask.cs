using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Framing;

/// <summary>A recording for which a layout is wanted.</summary>
/// <param name="Source">Absolute path of the recording.</param>
/// <param name="Picture">Its video stream.</param>
/// <param name="Length">Length of the Short.</param>
/// <param name="Rate">Frame rate of the Short.</param>
/// <param name="Wanted">The configured layout.</param>
/// <param name="Facecam">Where the facecam is expected; null: nobody knows.</param>
/// <param name="Scratch">Takes what is read in between.</param>
internal sealed record FramingTask(
    string Source,
    VideoStream Picture,
    TimeSpan Length,
    FrameRate Rate,
    LayoutName Wanted,
    Region? Facecam,
    ScratchFolder Scratch
)
{
    /// <summary>Which part of the recording is shown; null: all of it.</summary>
    public Cut? Cut { get; init; }
}

/// <param name="Layout">How the picture fills the frame.</param>
/// <param name="Reason">Why this layout, in words; null: it is the configured one and nothing had to be found out.</param>
internal sealed record Framed(Layout Layout, string? Reason);
