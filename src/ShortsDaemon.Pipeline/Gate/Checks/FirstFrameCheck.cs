namespace ShortsDaemon.Pipeline.Gate.Checks;

/// <summary>Viewers decide in the first second: it must not be black, and something must move soon.</summary>
internal sealed class FirstFrameCheck : ShortCheck
{
    // The detectors look ten times a second.
    private const double AtOnce = 0.15;
    private const double LongestStill = 2;

    public override string Code => "dull-start";

    public override Finding Look(GateInput input)
    {
        var black = StartOf(input.File.Blacks);
        if (black > 0)
            return Finding.Of(false, $"black for the first {black:0.0} s; the first picture must show something");
        var still = StartOf(input.File.Freezes);
        return Finding.Of(
            still <= LongestStill,
            $"the picture stands still for the first {still:0.0} s; at most {LongestStill:0.#} s are allowed"
        );
    }

    private static double StartOf(IEnumerable<Media.Analysis.Stretch> stretches) =>
        stretches.Where(s => s.Start <= AtOnce).Select(s => s.End).DefaultIfEmpty(0).Max();
}
