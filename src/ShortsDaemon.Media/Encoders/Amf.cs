namespace ShortsDaemon.Media.Encoders;

/// <summary>AMD's own runtime, constant quantiser.</summary>
public sealed class Amf : VideoEncoder
{
    public override string Name => "h264_amf";

    public override string FilterTail => "format=nv12";

    public override IReadOnlyList<string> OutputArguments(EncodeSettings settings) =>
        [
            "-c:v",
            Name,
            .. (string[])["-quality", "balanced"],
            .. settings.MaxKilobits is { } most
                ? (string[])["-rc", "vbr_peak", .. Rate(most)]
                : ["-rc", "cqp", "-qp_i", "22", "-qp_p", "24"],
            .. CommonArguments(settings),
        ];
}
