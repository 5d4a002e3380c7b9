using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Framing;

/// <summary>Where the middle of a moving cut is.</summary>
/// <param name="Rate">Frames per second.</param>
/// <param name="Centres">Fractions of the picture's width, frame by frame; at least one.</param>
internal sealed record CameraPath(FrameRate Rate, IReadOnlyList<double> Centres);
