using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Tests.Filters;

public sealed partial class LayoutTests
{
    private const string Wide =
        "scale=1080:608,split[shown][copy];[copy]crop=342:608,scale=136:240:flags=fast_bilinear,gblur=sigma=5,split[near][far];"
        + "[near]crop=136:82:0:0,scale=1080:656:flags=bilinear[before];"
        + "[far]crop=136:82:0:158,scale=1080:656:flags=bilinear[after];[before][shown][after]vstack=inputs=3";
    private const string Tall =
        "scale=864:1920,split[shown][copy];[copy]crop=864:1536,scale=136:240:flags=fast_bilinear,gblur=sigma=5,split[near][far];"
        + "[near]crop=14:240:0:0,scale=108:1920:flags=bilinear[before];"
        + "[far]crop=14:240:122:0,scale=108:1920:flags=bilinear[after];[before][shown][after]hstack=inputs=3";

    private static readonly Layout[] Simple = [new BlurredBackdrop(), new CentreCrop()];

    [TestCase(1920, 1080, Wide)]
    [TestCase(1080, 1920, "crop=1080:1920,scale=1080:1920")]
    [TestCase(1080, 2400, Tall)]
    public void Golden_blurred_backdrop(int width, int height, string graph) =>
        Assert.That(new BlurredBackdrop().Filters(new(width, height)), Is.EqualTo(graph));

    [TestCase(1440, 1080, 808, 556)]
    [TestCase(1080, 1080, 1080, 420)]
    [TestCase(2560, 1080, 456, 732)]
    public void Heights_of_picture_and_strips(int width, int height, int shown, int strip)
    {
        var graph = new BlurredBackdrop().Filters(new(width, height));
        Assert.That(
            graph,
            Does.StartWith($"scale=1080:{shown},").And.Contain($"scale=1080:{strip}:flags=bilinear[before]")
        );
    }

    [TestCase(1920, 1080, "crop=608:1080,scale=1080:1920")]
    [TestCase(1440, 1080, "crop=608:1080,scale=1080:1920")]
    [TestCase(1080, 1080, "crop=608:1080,scale=1080:1920")]
    [TestCase(1080, 1920, "crop=1080:1920,scale=1080:1920")]
    [TestCase(1080, 2400, "crop=1080:1920,scale=1080:1920")]
    [TestCase(2560, 1080, "crop=608:1080,scale=1080:1920")]
    public void Golden_centre_crop(int width, int height, string graph) =>
        Assert.That(new CentreCrop().Filters(new(width, height)), Is.EqualTo(graph));

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Every_size_gives_an_even_graph_that_fills_the_frame() =>
        Prop.ForAll(
            Gen.Choose(16, 8192).Two().ToArbitrary(),
            sides =>
            {
                var source = SourcePicture.SizeOf(VideoStreams.Of(sides.Item1, sides.Item2));
                return Simple.All(layout => IsSound(layout.Filters(source), source));
            }
        );

    private static bool IsSound(string graph, Size source)
    {
        var sizes = SizeFilter().Matches(graph);
        var areEven = sizes.SelectMany(m => m.Groups["n"].Captures).All(n => int.Parse(n.Value, null) % 2 == 0);
        return areEven && (graph.Contains("stack=", StringComparison.Ordinal) ? Fills(graph) : CropFits(graph, source));
    }

    private static bool Fills(string graph)
    {
        var scales = ScaleFilter().Matches(graph).Select(m => new Size(Number(m, "w"), Number(m, "h"))).ToList();
        var (shown, small, strip) = (scales[0], scales[1], scales[2]);
        var crops = CropFilter().Matches(graph).ToList();
        var fits = crops
            .Skip(1)
            .All(c =>
                Number(c, "w") + Number(c, "x") <= small.Width && Number(c, "h") + Number(c, "y") <= small.Height
            );
        return fits
            && scales[3] == strip
            && Number(crops[0], "w") <= shown.Width
            && Number(crops[0], "h") <= shown.Height
            && (
                graph.Contains("vstack", StringComparison.Ordinal)
                    ? shown.Height + 2 * strip.Height == 1920 && shown.Width == 1080 && strip.Width == 1080
                    : shown.Width + 2 * strip.Width == 1080 && shown.Height == 1920 && strip.Height == 1920
            );
    }

    private static bool CropFits(string graph, Size source)
    {
        var crop = CropFilter().Match(graph);
        return Number(crop, "w") <= source.Width
            && Number(crop, "h") <= source.Height
            && graph.EndsWith(",scale=1080:1920", StringComparison.Ordinal);
    }

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].Value, null) : 0;

    [GeneratedRegex(@"(scale|crop)=(?<n>\d+)(:(?<n>\d+))+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SizeFilter();

    [GeneratedRegex(@"scale=(?<w>\d+):(?<h>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ScaleFilter();

    [GeneratedRegex(@"crop=(?<w>\d+):(?<h>\d+)(:(?<x>\d+):(?<y>\d+))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CropFilter();
}
