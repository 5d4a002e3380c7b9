namespace ShortsDaemon.Media.Encoders;

/// <summary>Intel's encoder, constant quality without look-ahead.</summary>
public sealed class QuickSync : VideoEncoder
{
    public override string Name => "h264_qsv";

    public override IReadOnlyList<string> DeviceArguments => ["-init_hw_device", "qsv=hw"];

    public override string FilterTail => "format=nv12";

    public override IReadOnlyList<string> OutputArguments(EncodeSettings settings) =>
        [
            "-c:v",
            Name,
            .. (string[])["-preset", "medium"],
            .. settings.MaxKilobits is { } most ? Rate(most) : ["-global_quality", "24"],
            .. (string[])["-look_ahead", "0"],
            .. CommonArguments(settings),
        ];
}
