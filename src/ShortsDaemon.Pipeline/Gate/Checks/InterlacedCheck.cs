namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class InterlacedCheck : ShortCheck
{
    public override string Code => "interlaced";

    public override Finding Look(GateInput input) =>
        input.Picture.IsInterlaced
            ? new Finding(false, "stored as fields: moving edges would show combs; whole pictures are wanted")
            : new Finding(true, "stored as whole pictures");
}
