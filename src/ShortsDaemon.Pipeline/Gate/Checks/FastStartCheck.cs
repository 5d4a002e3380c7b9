namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class FastStartCheck : ShortCheck
{
    public override string Code => "index-last";

    public override Finding Look(GateInput input) =>
        input.File.IsFastStart
            ? new Finding(true, "the index stands before the data")
            : new Finding(false, "the index (moov) stands behind the data: playing could not start at once");
}
