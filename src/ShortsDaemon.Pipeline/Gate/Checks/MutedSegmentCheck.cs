using ShortsDaemon.Media.Analysis;

namespace ShortsDaemon.Pipeline.Gate.Checks;

/// <summary>Where the recording is heard, the Short is heard: a hole in the sound is found even where the sum of silence hides it.</summary>
internal sealed class MutedSegmentCheck : ShortCheck
{
    // Level and encoder shift the borders of silence a little.
    private const double Blur = 0.25;
    private const double Longest = 0.5;

    public override string Code => "muted-segment";

    public override Finding Look(GateInput input)
    {
        if (input.Source.IsSilent)
            return new Finding(true, "the recording has no sound to mute");
        if (input.Source is { Silences.Count: 0, SilentSeconds: > 0 })
            return new Finding(true, "it is not known where the recording is silent");
        var muted = input
            .File.Loudness.Silences.Select(s => (At: s.Start, Seconds: Unexplained(s, input.Source.Silences)))
            .OrderByDescending(m => m.Seconds)
            .FirstOrDefault();
        return muted.Seconds > Longest
            ? Finding.Of(
                false,
                $"silent for {muted.Seconds:0.0} s from {muted.At:0.0} s on, where the recording is heard"
            )
            : new Finding(true, "silent nowhere where the recording is heard");
    }

    /// <returns>s of the silence that the recording does not have there.</returns>
    private static double Unexplained(Stretch silence, IReadOnlyList<Stretch> source) =>
        silence.Seconds
        - source.Sum(s => Math.Max(0, Math.Min(silence.End, s.End + Blur) - Math.Max(silence.Start, s.Start - Blur)));
}
