using System.Globalization;
using ShortsDaemon.Media.Analysis;

namespace ShortsDaemon.Media.Filters;

/// <summary>Music under a Short's own sound.</summary>
/// <param name="Path">Absolute path of the file; it is played over and over when it is short.</param>
/// <param name="Stream">Index of its audio stream.</param>
/// <param name="Lufs">How loud it is.</param>
/// <param name="BelowDb">How it lies to the Short's own sound, in dB: −18 is 18 dB below.</param>
public sealed record Music(string Path, int Stream, double Lufs, double BelowDb);

/// <summary>Music as it is mixed into one Short.</summary>
/// <param name="Music">Which.</param>
/// <param name="GainDb">Change of its level.</param>
/// <param name="DuckAt">Level in dBFS of the own sound from which on it gives way.</param>
internal sealed record MusicBed(Music Music, double GainDb, double DuckAt)
{
    // So far below its mean loudness speech still is speech.
    private const double SpeechRange = 10;

    // The filter's own limit.
    private const double LowestDb = -60;

    // At once, and back only when a pause is more than a breath.
    private const string Ducking = "ratio=4:attack=20:release=500";
    private const double FadeIn = 0.5;
    private const double FadeOut = 1.2;

    /// <param name="music">Which.</param>
    /// <param name="own">The Short's own sound; where it is silent the music is all there is.</param>
    /// <param name="target">Wanted loudness of the Short in LUFS.</param>
    public static MusicBed Under(Music music, Loudness own, double target) =>
        own.IsSilent
            ? new(music, target - music.Lufs, 0)
            : new(music, own.Integrated + music.BelowDb - music.Lufs, Math.Max(LowestDb, own.Integrated - SpeechRange));

    /// <param name="length">How long it is heard.</param>
    /// <param name="hasFades">Begins and ends softly.</param>
    public string Filters(TimeSpan length, bool hasFades)
    {
        var seconds = length.TotalSeconds;
        var played = string.Create(
            CultureInfo.InvariantCulture,
            $"{Sound.Normalise},atrim=end={seconds:0.######},volume={GainDb:0.##}dB"
        );
        return hasFades
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{played},afade=t=in:d={FadeIn},afade=t=out:st={Math.Max(0, seconds - FadeOut):0.######}:d={FadeOut}"
            )
            : played;
    }

    /// <summary>Takes the music and what it gives way to.</summary>
    public string Duck() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"sidechaincompress=threshold={Math.Pow(10, DuckAt / 20):0.######}:{Ducking}"
        );
}
