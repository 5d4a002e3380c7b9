using System.Globalization;

namespace ShortsDaemon.Media.Encoders;

/// <summary>The software encoder: works everywhere and is the last resort. Slower presets buy little on game footage.</summary>
public sealed class X264 : VideoEncoder
{
    public override string Name => "libx264";

    public override bool IsHardware => false;

    public override IReadOnlyList<string> OutputArguments(EncodeSettings settings) =>
        [
            "-c:v",
            Name,
            .. (string[])["-preset", "veryfast", "-crf", "20"],
            .. settings.MaxKilobits is < 16000 and { } most ? Cap(most) : ["-maxrate", "16M", "-bufsize", "32M"],
            .. (string[])["-bf", "2"],
            .. CommonArguments(settings),
            .. Threads(settings),
        ];

    private static string[] Threads(EncodeSettings settings) =>
        settings.Threads > 0 ? ["-threads", settings.Threads.ToString(CultureInfo.InvariantCulture)] : [];
}
