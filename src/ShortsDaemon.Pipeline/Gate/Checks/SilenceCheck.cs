namespace ShortsDaemon.Pipeline.Gate.Checks;

/// <summary>Sound that the recording has must not be lost on the way.</summary>
internal sealed class SilenceCheck : ShortCheck
{
    private const double Tolerance = 1;

    public override string Code => "sound-lost";

    public override Finding Look(GateInput input)
    {
        if (input.Source.IsSilent)
            return new Finding(true, "the recording has no sound to lose");
        var silent = input.File.Loudness.SilentSeconds;
        return Finding.Of(
            silent <= input.Source.SilentSeconds + Tolerance,
            $"silent for {silent:0.0} s; the recording was for {input.Source.SilentSeconds:0.0} s"
        );
    }
}
