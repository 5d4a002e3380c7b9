using System.Globalization;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Encoders;

/// <summary>A strategy to make H.264 with one ffmpeg encoder. Frames arrive in system memory as yuv420p.</summary>
public abstract class VideoEncoder
{
    /// <summary>ffmpeg's name, for instance h264_nvenc; also the name in the configuration.</summary>
    public abstract string Name { get; }

    /// <summary>Uses a device that can fail on its own; libx264 does not.</summary>
    public virtual bool IsHardware => true;

    /// <summary>Global arguments before the first input.</summary>
    public virtual IReadOnlyList<string> DeviceArguments => [];

    /// <summary>Last filters of the picture's chain, for instance "format=nv12,hwupload".</summary>
    public virtual string FilterTail => "format=yuv420p";

    /// <summary>Output arguments of the video stream, "-c:v" first.</summary>
    public abstract IReadOnlyList<string> OutputArguments(EncodeSettings settings);

    /// <summary>No second has more than this; the buffer is small so that the whole file keeps it, too.</summary>
    protected static IReadOnlyList<string> Cap(int kilobits) =>
        ["-maxrate", $"{kilobits}k", "-bufsize", $"{kilobits}k"];

    /// <summary>For encoders that know no quality below a cap.</summary>
    protected static IReadOnlyList<string> Rate(int kilobits) => ["-b:v", $"{kilobits * 4 / 5}k", .. Cap(kilobits)];

    /// <summary>What every encoder is told alike: a closed group of pictures, and the colours as the graph made them.</summary>
    protected static IReadOnlyList<string> CommonArguments(EncodeSettings settings) =>
        [
            .. (string[])["-profile:v", "high"],
            .. (string[])["-g", settings.GroupOfPictures.ToString(CultureInfo.InvariantCulture), "-flags", "+cgop"],
            .. (string[])["-color_range", "tv", "-colorspace", "bt709"],
            .. (string[])["-color_primaries", "bt709", "-color_trc", "bt709"],
        ];
}

/// <summary>What every encoder is asked for.</summary>
/// <param name="FrameRate">Constant frame rate of the output.</param>
public sealed record EncodeSettings(FrameRate FrameRate)
{
    /// <summary>px.</summary>
    public int Width { get; init; } = 1080;

    /// <summary>px.</summary>
    public int Height { get; init; } = 1920;

    /// <summary>Highest bit rate in kbit/s, for a file that must stay below a size; null: what the encoder usually takes.</summary>
    public int? MaxKilobits { get; init; }

    /// <summary>x264 threads of one encode; 0 lets the encoder choose. Hardware encoders ignore it.</summary>
    public int Threads { get; init; }

    /// <summary>Frames between two key frames: at most 2 s.</summary>
    public int GroupOfPictures => (int)Math.Floor(FrameRate.PerSecond * 2);
}
