namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class LengthDifferenceCheck : ShortCheck
{
    private const double MostMs = 100;

    public override string Code => "length-difference";

    public override Finding Look(GateInput input)
    {
        var sound = input.File.Info.Sound?.Duration;
        var difference = (input.Picture.Duration - sound)?.TotalMilliseconds;
        return difference is { } ms
            ? Finding.Of(
                Math.Abs(ms) < MostMs,
                $"the picture is {ms:0} ms longer than the sound; less than {MostMs:0} ms either way are allowed"
            )
            : new Finding(false, "the lengths of picture and sound cannot be told");
    }
}
