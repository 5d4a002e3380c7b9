namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class FrozenPictureCheck : ShortCheck
{
    private const double MostShare = 0.8;

    public override string Code => "frozen";

    public override Finding Look(GateInput input) =>
        Finding.Of(
            input.File.FrozenSeconds <= MostShare * input.Seconds,
            $"the picture stands still for {input.File.FrozenSeconds:0.0} of {input.Seconds:0.0} s; at most {MostShare:P0} are allowed"
        );
}
