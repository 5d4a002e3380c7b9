using NUnit.Framework;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Colours come out as a player shows the source, read from decoded pixels.</summary>
public sealed class ColourTests
{
    private const string X264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";
    private const string Pq = "-color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -color_range tv";

    private const string Green = "color=c=0x20c040:r=25";

    // Per cent of full scale in PQ: 203 cd/m² (paper white) is 0.58, 20 cd/m² is 0.36.
    private const string PqBars =
        "color=c=0x949494:s=320x360:r=25[w];color=c=0x5c5c5c:s=320x360:r=25[g];[w][g]hstack,format=yuv420p10le";

    [TestCase("hdr-x265.mp4", "-c:v libx265 -preset ultrafast -x265-params log-level=none")]
    [TestCase("hdr-x264.mp4", "-c:v libx264 -preset ultrafast")]
    public async Task Hdr_is_neither_washed_out_nor_black(string name, string encoder)
    {
        var file = await Recording.MakeAsync(name, $"-f lavfi -t 2 -i {PqBars} {encoder} {Pq}");

        var take = await Studio.MakeAsync(file, LayoutName.BlurredBackdrop);
        var picture = await Picture.ReadAsync(take.Request.Video, 1);

        Assert.That(take.Made.Source.Picture!.Colour.IsHdr, Is.True);
        ShortContract.Check(take, new(25, 1), 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture.LightAt(270, 960), Is.InRange(150, 245), "paper white");
            Assert.That(picture.LightAt(810, 960), Is.InRange(35, 110), "dark grey");
        }
    }

    [Test]
    public async Task Hlg_without_other_tags_is_mapped()
    {
        var file = await Recording.MakeAsync(
            "hlg.mkv",
            "-f lavfi -t 1 -i color=c=0xc0c0c0:s=320x180:r=25,format=yuv420p10le -c:v libx264 -color_trc arib-std-b67"
        );

        var take = await Studio.MakeAsync(file);
        var picture = await Picture.ReadAsync(take.Request.Video, 0.5);

        Assert.That(picture.LightAt(540, 960), Is.InRange(120, 250));
    }

    private static IEnumerable<TestCaseData> Greens()
    {
        const string tagged709 = "-colorspace bt709 -color_primaries bt709 -color_trc bt709";
        yield return new("hd-tagged.mp4", "1280x720", "bt709", tagged709);
        yield return new("hd-untagged.mp4", "1280x720", "bt709", "");
        yield return new("sd-tagged.mp4", "640x480", "smpte170m", "-colorspace smpte170m");
        yield return new("sd-untagged.mp4", "640x480", "smpte170m", "");
    }

    [TestCaseSource(nameof(Greens))]
    public async Task Colours_survive_with_and_without_tags(string name, string size, string matrix, string tags)
    {
        var forget = tags.Length > 0 ? "" : ",setparams=colorspace=unknown";
        var file = await Recording.MakeAsync(
            name,
            $"-f lavfi -t 1 -i {Green}:s={size},format=rgb24,scale=out_color_matrix={matrix}:out_range=tv,format=yuv420p{forget} "
                + $"{X264} {tags}"
        );

        var source = await Studio.Probe.ProbeAsync(file, CancellationToken.None);
        Assert.That(source.Picture!.Colour.Space, Is.EqualTo(tags.Length > 0 ? matrix : null));
        await CheckGreenAsync(file);
    }

    [TestCase("green.mkv", "-c:v libx264rgb -preset ultrafast -crf 1")]
    [TestCase("green-ffv1.mkv", "-c:v ffv1 -pix_fmt bgr0")]
    public async Task Colours_of_rgb_pictures_survive(string name, string encoder) =>
        await CheckGreenAsync(
            await Recording.MakeAsync(name, $"-f lavfi -t 1 -i {Green}:s=1280x720,format=rgb24 {encoder}")
        );

    private static async Task CheckGreenAsync(string file)
    {
        foreach (var layout in new[] { LayoutName.BlurredBackdrop, LayoutName.CentreCrop })
        {
            var take = await Studio.MakeAsync(file, layout);
            var (r, g, b) = (await Picture.ReadAsync(take.Request.Video, 0.5)).At(540, 960);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(r, Is.EqualTo(0x20).Within(6), $"red, {layout}");
                Assert.That(g, Is.EqualTo(0xc0).Within(6), $"green, {layout}");
                Assert.That(b, Is.EqualTo(0x40).Within(6), $"blue, {layout}");
            }
        }
    }

    [TestCase("grey-full.mp4", "yuvj420p", "pc")]
    [TestCase("grey-tv.mp4", "yuv420p", "tv")]
    [TestCase("grey-full.webm", "yuv420p", "pc")]
    public async Task Black_and_white_keep_their_level(string name, string format, string range)
    {
        var encoder = name.EndsWith("webm", StringComparison.Ordinal)
            ? "-c:v libvpx-vp9 -deadline realtime -cpu-used 8"
            : "-c:v libx264 -preset ultrafast";
        var bars = "color=black:s=160x180:r=25[k];color=white:s=160x180:r=25[w];[k][w]hstack,format=rgb24";
        var file = await Recording.MakeAsync(
            name,
            $"-f lavfi -t 1 -i {bars},scale=out_range={range},format={format} {encoder} -pix_fmt {format} -color_range {range}"
        );

        var picture = await Picture.ReadAsync((await Studio.MakeAsync(file)).Request.Video, 0.5);

        Assert.That(picture.LightAt(270, 960), Is.AtMost(4));
        Assert.That(picture.LightAt(810, 960), Is.AtLeast(251));
    }
}
