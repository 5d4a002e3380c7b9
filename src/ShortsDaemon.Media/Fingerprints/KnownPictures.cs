namespace ShortsDaemon.Media.Fingerprints;

/// <summary>The pictures of a fingerprint, made ready for being compared.</summary>
internal sealed class KnownPictures(Fingerprint print)
{
    private const int PerPicture = Fingerprint.Side * Fingerprint.Side;

    private readonly Dictionary<Part, Motion> _motions = [];

    public LightSums Sums { get; } =
        new(Fingerprint.Side, print.Count, (picture, at) => print.Pictures[picture * PerPicture + at]);

    public Motion Motion(Part part) =>
        _motions.TryGetValue(part, out var known)
            ? known
            : _motions[part] = new Motion(Sums, part, mirrored: false, Fingerprint.PicturesPerSecond);
}
