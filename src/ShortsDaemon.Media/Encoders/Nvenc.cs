namespace ShortsDaemon.Media.Encoders;

/// <summary>NVIDIA's encoder. Its cq looks like x264's crf 7 lower; it takes yuv420p from system memory itself.</summary>
public sealed class Nvenc : VideoEncoder
{
    public override string Name => "h264_nvenc";

    public override IReadOnlyList<string> OutputArguments(EncodeSettings settings) =>
        [
            "-c:v",
            Name,
            .. (string[])["-preset", "p5", "-tune", "hq"],
            .. (string[])["-rc", "vbr", "-cq", "27", "-b:v", "0"],
            .. settings.MaxKilobits is < 12000 and { } most ? Cap(most) : ["-maxrate", "12M", "-bufsize", "24M"],
            .. (string[])["-spatial-aq", "1"],
            .. CommonArguments(settings),
        ];
}
