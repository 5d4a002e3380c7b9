using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>
/// Tells whether a new recording shows what a known one shows: encoded anew, cropped, mirrored, beginning earlier or later,
/// or up to 5 % faster or slower.
/// </summary>
public sealed class FingerprintSearch
{
    // Most recordings meet nothing to be compared with, and most channels compare nothing at all.
    private readonly Lazy<Fingerprint> _fingerprint;
    private readonly Lazy<SoundSearch> _sound;
    private readonly Lazy<PictureSearch> _pictures;

    /// <param name="sketch">Of the new recording.</param>
    public FingerprintSearch(Sketch sketch)
    {
        _fingerprint = new(() => Fingerprint.Of(sketch));
        _sound = new(() => new SoundSearch(sketch, Fingerprint.Sound));
        _pictures = new(() => new PictureSearch(sketch));
    }

    /// <summary>Of the new recording.</summary>
    public Fingerprint Fingerprint => _fingerprint.Value;

    internal static IReadOnlyList<double> Speeds { get; } = [1, 1.05, 1 / 1.05];

    /// <returns>How the known recording agrees with the new one; null: it shows something else.</returns>
    public Likeness? Compare(Fingerprint known)
    {
        var pictures = new KnownPictures(known);
        var sound = _sound.Value.Best(known.Sound);
        if (_pictures.Value.Best(pictures) is { IsAlike: true } alike)
            return Told(alike, alike.Seconds, byPicture: true, sound is not null);
        return sound is { } at && _pictures.Value.BestAt(pictures, at.Timing) is { IsPossible: true } possible
            ? Told(possible, at.Seconds, byPicture: false, bySound: true)
            : null;
    }

    private static Likeness Told(PictureMatch match, double seconds, bool byPicture, bool bySound) =>
        new(seconds, byPicture, bySound, match.IsMirrored, match.Timing.Speed);
}
