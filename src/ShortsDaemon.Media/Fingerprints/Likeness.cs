namespace ShortsDaemon.Media.Fingerprints;

/// <summary>How two recordings agree.</summary>
/// <param name="Seconds">Over how much of them, in s.</param>
/// <param name="ByPicture">The pictures agree.</param>
/// <param name="BySound">The sounds agree.</param>
/// <param name="IsMirrored">One is the mirror image of the other.</param>
/// <param name="Speed">How much faster the new one runs; 1: as fast.</param>
public sealed record Likeness(double Seconds, bool ByPicture, bool BySound, bool IsMirrored, double Speed)
{
    public override string ToString()
    {
        var what = (ByPicture, BySound) switch
        {
            (true, true) => "picture and sound agree",
            (true, false) => "the pictures agree",
            _ => "the sounds agree, and the pictures do not contradict",
        };
        var mirrored = IsMirrored ? ", mirrored" : "";
        var speed = Math.Abs(Speed - 1) < 0.001 ? "" : FormattableString.Invariant($", at {Speed:P0} of the speed");
        return FormattableString.Invariant($"{what} over {Seconds:0} s{mirrored}{speed}");
    }
}
