namespace ShortsDaemon.Media.Encoders;

/// <summary>The platform's encoders with the preferred ones moved to the front.</summary>
/// <param name="Encoders">Best first, each once.</param>
/// <param name="UnknownNames">Preferred names that none of the encoders has.</param>
internal sealed record EncoderOrder(IReadOnlyList<VideoEncoder> Encoders, IReadOnlyList<string> UnknownNames)
{
    public static EncoderOrder Of(IReadOnlyList<VideoEncoder> platform, IReadOnlyList<string> prefer)
    {
        var preferred = prefer.Select(name => platform.FirstOrDefault(e => IsNamed(e, name))).OfType<VideoEncoder>();
        var unknown = prefer.Where(name => !platform.Any(e => IsNamed(e, name)));
        return new([.. preferred.Concat(platform).Distinct()], [.. unknown]);
    }

    private static bool IsNamed(VideoEncoder encoder, string name) =>
        encoder.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);
}
