namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class LoudnessCheck : ShortCheck
{
    private const double Tolerance = 1;

    public override string Code => "loudness";

    public override Finding Look(GateInput input)
    {
        var measured = input.File.Loudness.Integrated;
        return input.Source.IsSilent
            ? Finding.Of(true, $"{measured:0.0} LUFS; the recording has no sound to level")
            : Finding.Of(
                Math.Abs(measured - input.TargetLufs) <= Tolerance,
                $"{measured:0.0} LUFS; {input.TargetLufs:0.#} ±{Tolerance:0.#} LUFS are wanted"
            );
    }
}
