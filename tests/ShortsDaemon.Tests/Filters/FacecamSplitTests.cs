using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Tests.Filters;

public sealed partial class FacecamSplitTests
{
    // A facecam of 480×360 at 0, 360 in 1920×1080: the game moves aside so that the facecam is not seen twice.
    private const string AtTheLeft =
        "split[face][game];[face]crop=480:360:0:360,scale=1080:810[above];"
        + "[game]crop=1050:1080:480:0,scale=1080:1110[below];[above][below]vstack=inputs=2";

    // A wide facecam in the lower right corner.
    private const string AtTheRight =
        "split[face][game];[face]crop=384:216:1536:864,scale=1080:608[above];"
        + "[game]crop=890:1080:514:0,scale=1080:1312[below];[above][below]vstack=inputs=2";

    [TestCase(0, 1 / 3d, 0.25, 1 / 3d, AtTheLeft)]
    [TestCase(0.8, 0.8, 0.2, 0.2, AtTheRight)]
    public void Golden(double x, double y, double width, double height, string graph) =>
        Assert.That(new FacecamSplit(new(x, y, width, height)).Filters(new(1920, 1080)), Is.EqualTo(graph));

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Every_rectangle_in_every_picture_fills_the_frame() =>
        Prop.ForAll(
            Gen.Choose(16, 4096).Two().Zip(Gen.Choose(0, 1000).Four()).ToArbitrary(),
            given =>
            {
                var ((wide, high), (x, y, width, height)) = given;
                var source = SourcePicture.SizeOf(VideoStreams.Of(wide, high));
                var facecam = new Region(x / 1000d, y / 1000d, width / 1000d, height / 1000d);
                return IsSound(new FacecamSplit(facecam).Filters(source), source);
            }
        );

    private static bool IsSound(string graph, Size source)
    {
        var crops = CropFilter().Matches(graph).Select(Numbers).ToList();
        var scales = ScaleFilter().Matches(graph).Select(Numbers).ToList();
        return crops.Count == 2
            && crops.TrueForAll(c => c[0] > 0 && c[1] > 0 && c[2] >= 0 && c[3] >= 0)
            && crops.TrueForAll(c => c[0] + c[2] <= source.Width && c[1] + c[3] <= source.Height)
            && crops.Concat(scales).SelectMany(n => n).All(n => n % 2 == 0)
            && scales.TrueForAll(s => s[0] == 1080)
            && scales.Sum(s => s[1]) == 1920;
    }

    private static int[] Numbers(Match match) => [.. match.Groups["n"].Captures.Select(n => int.Parse(n.Value, null))];

    [GeneratedRegex(@"crop=(?<n>\d+)(:(?<n>-?\d+)){3}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CropFilter();

    [GeneratedRegex(@"scale=(?<n>\d+):(?<n>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ScaleFilter();
}
