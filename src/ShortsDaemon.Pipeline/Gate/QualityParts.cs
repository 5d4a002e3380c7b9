using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Pipeline.Gate.Checks;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Gate;

/// <summary>How good a finished Short looks, what happens in it and how cleanly it is made: 0 to 100 for each part.</summary>
internal static class QualityParts
{
    public static IReadOnlyList<QualityPart> Of(GateInput input) =>
        [.. Visual(input.File.Look), .. Content(input), .. Technical(input)];

    private static IEnumerable<QualityPart> Visual(PictureLook? look)
    {
        if (look is null)
            yield break;
        // Neither night nor glare.
        var light = Math.Min(Share(look.Light, 20, 60), Share(look.Light, 235, 190));
        yield return Part(QualityGroup.Visual, "Exposure", light, $"mean brightness {look.Light:0} of 255");
        yield return Part(
            QualityGroup.Visual,
            "Contrast",
            Share(look.Contrast, 20, 110),
            $"{look.Contrast:0} of 255 between dark and bright"
        );
        yield return Part(
            QualityGroup.Visual,
            "Sharpness",
            Share(look.Sharpness, 4, 24),
            $"mean strength of edges {look.Sharpness:0.0}"
        );
        yield return Part(QualityGroup.Visual, "Colour", Share(look.Colour, 2, 20), $"saturation {look.Colour:0}");
    }

    private static IEnumerable<QualityPart> Content(GateInput input)
    {
        var still = input.Seconds > 0 ? input.File.FrozenSeconds / input.Seconds : 1;
        yield return Part(QualityGroup.Content, "Life", 1 - still, $"the picture stands still for {still:P0} of it");
        if (input.File.Look is { } look)
            yield return Part(
                QualityGroup.Content,
                "Motion",
                Share(look.Motion, 0.5, 10),
                $"pictures half a second apart differ by {look.Motion:0.0}"
            );
        if (input.Source.IsSilent)
            yield return Part(QualityGroup.Content, "Sound", 0, $"there is none");
        else
        {
            var silent = input.Seconds > 0 ? input.File.Loudness.SilentSeconds / input.Seconds : 1;
            yield return Part(QualityGroup.Content, "Sound", 1 - 2 * silent, $"silent for {silent:P0} of it");
            var range = input.File.Loudness.Range;
            yield return Part(QualityGroup.Content, "Dynamics", Share(range, 0, 8), $"loudness range {range:0.0} LU");
        }
    }

    private static IEnumerable<QualityPart> Technical(GateInput input)
    {
        var off = Math.Abs(input.File.Loudness.Integrated - input.TargetLufs);
        if (!input.Source.IsSilent)
            yield return Part(QualityGroup.Technical, "Loudness", Share(off, 2, 0.2), $"{off:0.0} LU off its target");
        var rate = input.Picture.Rate.PerSecond;
        yield return Part(QualityGroup.Technical, "Rate", Share(rate, 10, 50), $"{rate:0.##} frames per second");
        var bits = input.Seconds > 0 ? input.File.Info.SizeBytes * 8 / input.Seconds / 1e6 : 0;
        yield return Part(QualityGroup.Technical, "Bitrate", Share(bits, 0.5, 5), $"{bits:0.0} Mbit/s");
        var failed = ShortChecks.All.Count(check => !check.Look(input).Passed);
        yield return Part(QualityGroup.Technical, "Checks", failed == 0 ? 1 : 0, $"{failed} of the checks failed");
    }

    /// <returns>0 at <paramref name="bad"/>, 1 at <paramref name="good"/>, evenly between, whichever is larger.</returns>
    private static double Share(double value, double bad, double good) =>
        Math.Clamp((value - bad) / (good - bad), 0, 1);

    private static QualityPart Part(QualityGroup group, string name, double share, FormattableString finding) =>
        new(group, name, Math.Round(100 * Math.Clamp(share, 0, 1)), FormattableString.Invariant(finding));
}
