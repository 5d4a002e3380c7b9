using NUnit.Framework;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Where the picture sits in the frame, read from decoded pixels.</summary>
public sealed class LayoutTests
{
    // Red with a green band of a tenth at the left and at the right, blue ones at the top and at the bottom.
    private static string Framed(int width, int height) =>
        $"color=red:s={width}x{height}:r=25,"
        + "drawbox=x=0:y=0:w=iw/10:h=ih:c=lime:t=fill,drawbox=x=iw*9/10:y=0:w=iw/10:h=ih:c=lime:t=fill,"
        + "drawbox=x=iw/10:y=0:w=iw*8/10:h=ih/10:c=blue:t=fill,drawbox=x=iw/10:y=ih*9/10:w=iw*8/10:h=ih/10:c=blue:t=fill";

    private static async Task<Picture> ShortOfAsync(int width, int height, LayoutName layout)
    {
        var file = await Recording.MakeAsync(
            $"framed-{width}x{height}.mp4",
            Recording.Of(Framed(width, height), null, 1)
        );
        var take = await Studio.MakeAsync(file, layout);
        ShortContract.Check(take, new(25, 1), 1);
        return await Picture.ReadAsync(take.Request.Video, 0.5);
    }

    [Test]
    public async Task A_wide_picture_lies_whole_in_the_middle_of_a_blurred_copy()
    {
        var picture = await ShortOfAsync(640, 360, LayoutName.BlurredBackdrop);

        // 1080×608 from 656 on.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture.At(50, 960).G, Is.GreaterThan(200), "left band");
            Assert.That(picture.At(1030, 960).G, Is.GreaterThan(200), "right band");
            Assert.That(picture.At(540, 656 + 12).B, Is.GreaterThan(200), "top band");
            Assert.That(picture.At(540, 1264 - 12).B, Is.GreaterThan(200), "bottom band");
            Assert.That(picture.At(540, 960).R, Is.GreaterThan(200), "middle");
            Assert.That(picture.At(540, 600).R, Is.GreaterThan(100), "upper strip");
            Assert.That(picture.At(540, 1320).R, Is.GreaterThan(100), "lower strip");
            Assert.That(picture.LightAt(540, 20, 200), Is.GreaterThan(40), "top edge");
            Assert.That(picture.LightAt(540, 1900, 200), Is.GreaterThan(40), "bottom edge");
        }
    }

    [Test]
    public async Task A_tall_picture_has_its_strips_at_the_sides()
    {
        var picture = await ShortOfAsync(360, 800, LayoutName.BlurredBackdrop);

        // 864×1920 from 108 on.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture.At(108 + 40, 960).G, Is.GreaterThan(200), "left band");
            Assert.That(picture.At(972 - 40, 960).G, Is.GreaterThan(200), "right band");
            Assert.That(picture.At(540, 60).B, Is.GreaterThan(200), "top band");
            Assert.That(picture.At(540, 1860).B, Is.GreaterThan(200), "bottom band");
            Assert.That(picture.LightAt(50, 960, 40), Is.GreaterThan(40), "left strip");
            Assert.That(picture.LightAt(1030, 960, 40), Is.GreaterThan(40), "right strip");
        }
    }

    [Test]
    public async Task The_strips_are_blurred_and_symmetrical()
    {
        var file = await Recording.MakeAsync(
            "checks.mp4",
            Recording.Of("color=white:s=640x360:r=25,drawgrid=w=8:h=8:t=4:c=black", null, 1)
        );

        var take = await Studio.MakeAsync(file);
        var picture = await Picture.ReadAsync(take.Request.Video, 0.5);

        int[] strip = [.. Enumerable.Range(0, 40).Select(i => picture.LightAt(440 + i * 5, 300, 1))];
        int[] shown = [.. Enumerable.Range(0, 40).Select(i => picture.LightAt(440 + i * 5, 960, 1))];
        Assert.That(strip.Max() - strip.Min(), Is.LessThan(30), "strip");
        Assert.That(shown.Max() - shown.Min(), Is.GreaterThan(100), "picture");
        Assert.That(picture.LightAt(540, 300, 100), Is.EqualTo(picture.LightAt(540, 1620, 100)).Within(10));
    }

    [TestCase(640, 360)]
    [TestCase(360, 800)]
    [TestCase(640, 640)]
    public async Task The_middle_is_cut_out_and_fills_the_frame(int width, int height)
    {
        var picture = await ShortOfAsync(width, height, LayoutName.CentreCrop);

        var isWide = width >= height; // cut at the sides, else at top and bottom
        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture.At(540, 960).R, Is.GreaterThan(200), "middle");
            Assert.That(isWide ? picture.At(20, 960).R : picture.At(40, 960).G, Is.GreaterThan(200), "left edge");
            Assert.That(isWide ? picture.At(540, 60).B : picture.At(540, 60).R, Is.GreaterThan(200), "top edge");
            Assert.That(isWide ? picture.At(540, 1860).B : picture.At(540, 1860).R, Is.GreaterThan(200), "bottom edge");
        }
    }

    [Test]
    public async Task Wide_pixels_are_shown_wide()
    {
        // 320×360 of 2:1 pixels is 640×360: the same bands at the same places as above.
        var file = await Recording.MakeAsync("anamorphic.mp4", Recording.Of(Framed(320, 360) + ",setsar=2/1", null, 1));

        var take = await Studio.MakeAsync(file);
        var picture = await Picture.ReadAsync(take.Request.Video, 0.5);

        Assert.That(picture.At(50, 960).G, Is.GreaterThan(200), "left band");
        Assert.That(picture.At(540, 656 + 12).B, Is.GreaterThan(200), "top band");
        Assert.That(picture.At(540, 1264 - 12).B, Is.GreaterThan(200), "bottom band");
    }
}
