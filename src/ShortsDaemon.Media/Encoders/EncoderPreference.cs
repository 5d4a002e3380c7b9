namespace ShortsDaemon.Media.Encoders;

/// <summary>What the configuration says about encoders at this moment.</summary>
/// <param name="FFmpegPath">Name (searched on PATH) or path of ffmpeg.</param>
/// <param name="Prefer">Encoder names to put first, in this order; the platform's own order follows.</param>
public sealed record EncoderPreference(string FFmpegPath, IReadOnlyList<string> Prefer);
