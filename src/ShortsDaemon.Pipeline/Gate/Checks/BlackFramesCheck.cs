namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class BlackFramesCheck : ShortCheck
{
    // Dark games have long black stretches; more than half of a Short is nobody's wish.
    private const double MostShare = 0.5;

    public override string Code => "black";

    public override Finding Look(GateInput input) =>
        Finding.Of(
            input.File.BlackSeconds <= MostShare * input.Seconds,
            $"black for {input.File.BlackSeconds:0.0} of {input.Seconds:0.0} s; at most {MostShare:P0} are allowed"
        );
}
