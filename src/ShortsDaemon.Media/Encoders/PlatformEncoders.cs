namespace ShortsDaemon.Media.Encoders;

/// <summary>The encoders worth trying on this kind of machine.</summary>
public static class PlatformEncoders
{
    /// <returns>Best first; libx264 is always the last.</returns>
    public static IReadOnlyList<VideoEncoder> InOrder() => InOrder(OperatingSystem.IsMacOS());

    internal static IReadOnlyList<VideoEncoder> InOrder(bool onMac) =>
        onMac ? [new VideoToolbox(), new X264()] : [new Nvenc(), new QuickSync(), new Vaapi(), new Amf(), new X264()];
}
