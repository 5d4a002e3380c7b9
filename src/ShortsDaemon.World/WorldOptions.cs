namespace ShortsDaemon.World;

/// <param name="Time">The world's clock: token expiry, rate limits, quota days, video ages.</param>
/// <param name="MediaDirectory">Where clips that ffmpeg makes are kept.</param>
/// <param name="FFmpeg">Name or path of ffmpeg.</param>
/// <param name="Port">0: any free one.</param>
public sealed record WorldOptions(TimeProvider Time, string MediaDirectory, string FFmpeg = "ffmpeg", int Port = 0);
