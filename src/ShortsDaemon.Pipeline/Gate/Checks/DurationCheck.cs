namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class DurationCheck : ShortCheck
{
    public override string Code => "length";

    public override Finding Look(GateInput input) =>
        Finding.Of(
            ShortLength.Allows(input.Seconds),
            $"{input.Seconds:0.00} s long; {ShortLength.Shortest}–{ShortLength.Longest} s are allowed"
        );
}
