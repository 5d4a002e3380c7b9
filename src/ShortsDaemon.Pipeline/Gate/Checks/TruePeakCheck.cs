namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class TruePeakCheck : ShortCheck
{
    private const double Highest = -1;

    public override string Code => "true-peak";

    public override Finding Look(GateInput input) =>
        Finding.Of(
            input.File.Loudness.TruePeak <= Highest,
            $"true peak {input.File.Loudness.TruePeak:0.0} dBTP after AAC; at most {Highest:0} dBTP are allowed"
        );
}
