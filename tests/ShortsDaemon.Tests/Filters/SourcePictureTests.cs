using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Tests.Filters;

public sealed class SourcePictureTests
{
    private static readonly FrameRate Thirty = new(30, 1);
    private static readonly VideoStream Hd = VideoStreams.Of(1920, 1080);

    private static string Chain(VideoStream source) => string.Join(',', SourcePicture.Filters(source, Thirty));

    [Test]
    public void An_ordinary_picture_is_not_touched() =>
        Assert.That(Chain(Hd), Is.EqualTo("fps=30:start_time=0,setsar=1"));

    [Test]
    public void Fields_are_joined_first() =>
        Assert.That(
            Chain(Hd with { IsInterlaced = true }),
            Does.StartWith("bwdif=mode=send_frame:deint=interlaced,fps=")
        );

    [Test]
    public void Wide_pixels_become_square() =>
        Assert.That(
            Chain(VideoStreams.Of(720, 576) with { SampleAspect = 64.0 / 45 }),
            Does.Contain(",scale=1024:576,setsar=1")
        );

    [Test]
    public void Odd_sizes_become_even() =>
        Assert.That(SourcePicture.SizeOf(VideoStreams.Of(321, 241)), Is.EqualTo(new Size(320, 240)));

    [Test]
    public void A_turned_picture_is_measured_as_shown() =>
        Assert.That(SourcePicture.SizeOf(Hd with { Rotation = 270 }), Is.EqualTo(new Size(1080, 1920)));

    [Test]
    public void Turned_wide_pixels_become_tall() =>
        Assert.That(SourcePicture.SizeOf(Hd with { Rotation = 90, SampleAspect = 2 }), Is.EqualTo(new Size(540, 1920)));

    [Test]
    public void Eight_k_is_made_smaller_before_anything_dear_is_done() =>
        Assert.That(SourcePicture.SizeOf(VideoStreams.Of(7680, 4320)), Is.EqualTo(new Size(3414, 1920)));

    [Test]
    public void Absurd_pixels_do_not_make_an_absurd_picture() =>
        Assert.That(SourcePicture.SizeOf(Hd with { SampleAspect = 100 }).Width, Is.EqualTo(8192));

    [TestCase(640, 1)]
    [TestCase(1, 640)]
    [TestCase(15, 15)]
    public void Too_small_to_show(int width, int height) =>
        Assert.That(
            () => SourcePicture.SizeOf(VideoStreams.Of(width, height)),
            Throws.TypeOf<RefusedMediaException>().With.Message.EqualTo($"the picture is only {width}×{height} px")
        );

    [Test]
    public void Hdr_is_tone_mapped_with_what_the_file_leaves_out()
    {
        var chain = Chain(Hd with { Colour = new(null, "smpte2084", null, null), PixelFormat = "yuv420p10le" });

        Assert.That(
            chain,
            Does.StartWith("setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc,")
        );
        Assert.That(chain, Does.EndWith("tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p"));
    }

    [TestCase(1280, 720, "bt709")]
    [TestCase(720, 1280, "bt709")]
    [TestCase(720, 576, "smpte170m")]
    [TestCase(640, 360, "smpte170m")]
    public void Untagged_colours_are_taken_as_players_take_them(int width, int height, string space)
    {
        var source = VideoStreams.Of(width, height) with { Colour = new(null, null, null, null) };

        Assert.That(Chain(source), Does.StartWith($"setparams=colorspace={space},fps="));
        Assert.That(
            SourcePicture.ToBt709(source),
            Is.EqualTo(
                space == "bt709"
                    ? Array.Empty<string>()
                    : [$"setparams=colorspace={space}", "scale=out_range=tv:out_color_matrix=bt709"]
            )
        );
    }

    [TestCase("bgr0", "gbr", null)]
    [TestCase("gbrp", "gbr", "pc")]
    [TestCase("yuvj420p", "smpte170m", "pc")]
    public void Rgb_and_full_range_are_converted_at_once(string format, string space, string? range)
    {
        var source = Hd with { PixelFormat = format, Colour = new(null, null, space, range) };

        Assert.That(
            Chain(source),
            Does.Contain("scale=1920:1080:out_range=tv:out_color_matrix=bt709,format=yuv420p,setsar=1")
        );
        Assert.That(SourcePicture.ToBt709(source), Is.Empty);
    }
}
