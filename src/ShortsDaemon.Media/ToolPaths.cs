namespace ShortsDaemon.Media;

/// <summary>Names or paths of the external programs, as configured.</summary>
public sealed record ToolPaths(string FFmpeg = "ffmpeg", string FFprobe = "ffprobe");
