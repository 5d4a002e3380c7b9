namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class DecodeCheck : ShortCheck
{
    public override string Code => "decode-error";

    public override Finding Look(GateInput input) =>
        input.File.DecodeErrors.Count == 0
            ? new Finding(true, "decodes from end to end without an error")
            : new Finding(
                false,
                $"{input.File.DecodeErrors.Count} errors while decoding, the first: {input.File.DecodeErrors[0]}"
            );
}
