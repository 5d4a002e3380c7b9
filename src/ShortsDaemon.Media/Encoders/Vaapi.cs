namespace ShortsDaemon.Media.Encoders;

/// <summary>The Linux video interface of Intel and AMD graphics. Its frames must be on the device before the encoder.</summary>
public sealed class Vaapi : VideoEncoder
{
    public override string Name => "h264_vaapi";

    /// <summary>Render node; a box with two cards may need another one than the default /dev/dri/renderD128.</summary>
    public string Device { get; init; } = "/dev/dri/renderD128";

    public override IReadOnlyList<string> DeviceArguments => ["-vaapi_device", Device];

    public override string FilterTail => "format=nv12,hwupload";

    public override IReadOnlyList<string> OutputArguments(EncodeSettings settings) =>
        [
            "-c:v",
            Name,
            .. settings.MaxKilobits is { } most
                ? (string[])["-rc_mode", "VBR", .. Rate(most)]
                : ["-rc_mode", "CQP", "-qp", "24"],
            .. CommonArguments(settings),
        ];
}
