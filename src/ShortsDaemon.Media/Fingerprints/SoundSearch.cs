using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>Lays the sound of a new recording on that of known ones, at its own speed and at others.</summary>
internal sealed class SoundSearch(Sketch sketch, uint[] plain)
{
    // Share of differing bits; chance gives about a half.
    private const double AlikeSounds = 0.36;

    // Less than this may agree by chance.
    private const double ShortestSeconds = 5;
    private const double SmallestShare = 0.5;

    private readonly (double Speed, uint[] Words)[] _variants =
    [
        .. FingerprintSearch.Speeds.SelectMany(speed =>
            speed == 1
                ? new[] { (speed, plain) }
                :
                [
                    // With the pitch changed along with the speed, and without.
                    (speed, SoundWords.Of(SoundWords.Resampled(sketch.Sound, speed))),
                    (speed, SoundWords.Of(sketch.Sound, speed)),
                ]
        ),
    ];

    /// <returns>Where they agree, and over how many s; null: they do not.</returns>
    public (Timing Timing, double Seconds)? Best(uint[] known)
    {
        var (speed, best) = _variants
            .Select(v => (v.Speed, At: Alignment.Best(v.Words, known, Fewest(v.Words.Length, known.Length))))
            .MinBy(v => v.At.Distance);
        if (best.Distance > AlikeSounds)
            return null;
        var start = -(double)best.Offset / SoundWords.Rate * Sketch.Rate / speed;
        return (new Timing((int)Math.Round(start), speed), (double)best.Words / SoundWords.Rate);
    }

    private static int Fewest(int a, int b) =>
        (int)Math.Max(ShortestSeconds * SoundWords.Rate, SmallestShare * Math.Min(a, b));
}
