namespace ShortsDaemon.Media.Encoders;

/// <summary>Apple's encoder. A bit rate, because constant quality exists on Apple Silicon only.</summary>
public sealed class VideoToolbox : VideoEncoder
{
    public override string Name => "h264_videotoolbox";

    public override string FilterTail => "format=nv12";

    public override IReadOnlyList<string> OutputArguments(EncodeSettings settings) =>
        [
            "-c:v",
            Name,
            .. settings.MaxKilobits is < 10000 and { } most
                ? Rate(most)
                : ["-b:v", "8M", "-maxrate", "10M", "-bufsize", "16M"],
            .. (string[])["-realtime", "0", "-allow_sw", "0"],
            .. CommonArguments(settings),
        ];
}
