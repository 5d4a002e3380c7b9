using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>
/// Tells whether a new recording shows what a known one shows: encoded anew, cropped, mirrored, beginning earlier or later,
/// or up to 5 % faster or slower.
/// </summary>
public sealed class FingerprintSearch
{
    // Less than this may agree by chance.
    private const double ShortestSeconds = 5;
    private const double SmallestShare = 0.5;

    // Shares of differing bits; chance gives about a half.
    private const double AlikePictures = 0.16;
    private const double AlikeChanges = 0.3;
    private const int TellingChanges = 60;
    private const double AlikeSounds = 0.36;
    private const double PossiblePictures = 0.34;

    private static readonly bool[] EitherWay = [false, true];
    private static readonly double[] Speeds = [1, 1.05, 1 / 1.05];

    // Most recordings meet nothing to be compared with, and most channels compare nothing at all.
    private readonly Lazy<Fingerprint> _fingerprint;
    private readonly Lazy<List<Variant>> _variants;

    /// <param name="sketch">Of the new recording.</param>
    public FingerprintSearch(Sketch sketch)
    {
        _fingerprint = new(() => Fingerprint.Of(sketch));
        _variants = new(() =>
        {
            var (plain, mirrored) = (Fingerprint.PictureWords, PictureWords.Of(sketch, mirrored: true));
            return [.. Speeds.Select(speed => Variant.Of(sketch, plain, mirrored, Fingerprint.Sound, speed))];
        });
    }

    /// <summary>Of the new recording.</summary>
    public Fingerprint Fingerprint => _fingerprint.Value;

    /// <returns>How the known recording agrees with the new one; null: it shows something else.</returns>
    public Likeness? Compare(Fingerprint known) =>
        _variants
            .Value.Select(variant => variant.Compare(known))
            .Where(match => match is not null)
            .MinBy(match => match!.Distance)
            ?.Likeness;

    /// <summary>The new recording brought to another speed.</summary>
    private sealed record Variant(double Speed, ulong[][] Plain, ulong[][] Mirrored, uint[][] Sounds)
    {
        public static Variant Of(Sketch sketch, ulong[][] plain, ulong[][] mirrored, uint[] sound, double speed)
        {
            if (speed == 1)
                return new(speed, plain, mirrored, [sound]);
            // With the pitch changed along with the speed, and without.
            uint[][] sounds =
            [
                SoundWords.Of(SoundWords.Resampled(sketch.Sound, speed)),
                SoundWords.Of(sketch.Sound, speed),
            ];
            return new(speed, Slowed(plain, speed), Slowed(mirrored, speed), sounds);
        }

        public Match? Compare(Fingerprint known)
        {
            var picture = BestPicture(known);
            var sound = Sounds
                .Select(s => Alignment.Best(s, known.Sound, Fewest(s.Length, known.Sound.Length, SoundWords.Rate)))
                .MinBy(a => a.Distance);
            var bySound = sound.Distance <= AlikeSounds;
            if (picture.IsAlike)
                return new(new(picture.Seconds, ByPicture: true, bySound, picture.IsMirrored, Speed), picture.Distance);
            return bySound && PictureAt(known, (double)sound.Offset / SoundWords.Rate) is { } possible
                ? new(
                    new((double)sound.Words / SoundWords.Rate, ByPicture: false, bySound, possible.IsMirrored, Speed),
                    possible.Distance
                )
                : null;
        }

        private PictureMatch BestPicture(Fingerprint known) =>
            Pairs(known)
                .Select(pair =>
                {
                    var fewest = Fewest(pair.New.Length, pair.Known.Length, PictureWords.Rate);
                    return PictureMatch.Of(pair, Alignment.Best(pair.New, pair.Known, fewest));
                })
                .MinBy(match => match.Distance)!;

        /// <returns>The best match where the sounds agree, give or take half a second; null: there is none.</returns>
        private PictureMatch? PictureAt(Fingerprint known, double seconds)
        {
            var middle = (int)Math.Round(seconds * PictureWords.Rate);
            var best = Enumerable
                .Range(middle - PictureWords.Rate / 2, PictureWords.Rate + 1)
                .SelectMany(offset =>
                    Pairs(known).Select(pair => PictureMatch.Of(pair, Alignment.At(pair.New, pair.Known, offset)))
                )
                .MinBy(match => match.Distance)!;
            return best.Distance <= PossiblePictures ? best : null;
        }

        // A part of the new one against the whole of the known, and the other way round.
        private IEnumerable<Pair> Pairs(Fingerprint known) =>
            from mirrored in EitherWay
            let own = mirrored ? Mirrored : Plain
            from part in Enumerable.Range(0, PictureWords.Parts)
            from pair in part == 0
                ? new[] { new Pair(own[0], known.PictureWords[0], mirrored) }
                :
                [
                    new Pair(own[part], known.PictureWords[0], mirrored),
                    new Pair(own[0], known.PictureWords[part], mirrored),
                ]
            select pair;

        private static ulong[][] Slowed(ulong[][] parts, double speed) =>
            [
                .. parts.Select(words =>
                    Enumerable
                        .Range(0, (int)(words.Length * speed))
                        .Select(i => words[Math.Min(words.Length - 1, (int)Math.Round(i / speed))])
                        .ToArray()
                ),
            ];

        private static int Fewest(int a, int b, int rate) =>
            (int)Math.Max(ShortestSeconds * rate, SmallestShare * Math.Min(a, b));
    }

    /// <param name="Likeness">How they agree.</param>
    /// <param name="Distance">Of the pictures.</param>
    private sealed record Match(Likeness Likeness, double Distance);

    private sealed record Pair(ulong[] New, ulong[] Known, bool IsMirrored);

    private sealed record PictureMatch(double Distance, double Seconds, bool IsMirrored, double Shared, int Changes)
    {
        public bool IsAlike => Distance <= AlikePictures && Shared >= AlikeChanges && Changes >= TellingChanges;

        public static PictureMatch Of(Pair pair, Alignment at)
        {
            var (shared, changes) = at.Distance <= AlikePictures ? at.SharedChanges(pair.New, pair.Known) : (0, 0);
            return new(at.Distance, (double)at.Words / PictureWords.Rate, pair.IsMirrored, shared, changes);
        }
    }
}
