namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class SizeCheck : ShortCheck
{
    private const double MiB = 1024 * 1024;

    public override string Code => "too-large";

    public override Finding Look(GateInput input)
    {
        var size = input.File.Info.SizeBytes / MiB;
        return input.Limit is { } limit
            ? Finding.Of(
                input.File.Info.SizeBytes <= limit.Bytes,
                $"{size:0.0} MiB large; {limit.Destination} takes at most {limit.Bytes / MiB:0.#} MiB"
            )
            : Finding.Of(true, $"{size:0.0} MiB large; no destination has a limit");
    }
}
