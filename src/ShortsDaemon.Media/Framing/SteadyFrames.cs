using ShortsDaemon.Media.Faces;

namespace ShortsDaemon.Media.Framing;

/// <summary>Small grey pictures of a recording at a steady rate.</summary>
/// <param name="PerSecond">Pictures per second; the first shows the beginning.</param>
/// <param name="Frames">Read from disk one by one: enumerate once.</param>
/// <param name="Cuts">When a new scene begins, in s, in order.</param>
internal sealed record SteadyFrames(double PerSecond, IEnumerable<GreyFrame> Frames, IReadOnlyList<double> Cuts);
