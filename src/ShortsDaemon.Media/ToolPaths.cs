namespace ShortsDaemon.Media;

/// <summary>Names or paths of the external programs, as configured.</summary>
public sealed record ToolPaths(string FFmpeg = "ffmpeg", string FFprobe = "ffprobe")
{
    /// <summary>Path of the face model; empty: wherever OpenCV's data is installed.</summary>
    public string FaceModel { get; init; } = "";
}
