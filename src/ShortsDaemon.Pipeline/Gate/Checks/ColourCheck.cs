using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class ColourCheck : ShortCheck
{
    private static readonly Colour Wanted = new("bt709", "bt709", "bt709", "tv");

    public override string Code => "colour-tags";

    public override Finding Look(GateInput input)
    {
        var colour = input.Picture.Colour;
        return Finding.Of(
            colour == Wanted,
            $"tagged {colour.Primaries ?? "?"}/{colour.Transfer ?? "?"}/{colour.Space ?? "?"}/{colour.Range ?? "?"}; bt709/bt709/bt709/tv is wanted"
        );
    }
}
