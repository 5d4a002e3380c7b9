using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.IntegrationTests.Media;

public sealed class ThumbnailTests
{
    [Test]
    public async Task It_is_a_jpeg_of_the_Shorts_own_size_and_not_its_black_start()
    {
        var file = await Recording.MakeAsync(
            "black-start.mp4",
            Recording.Of(
                "color=black:s=640x360:r=25:d=1[k];testsrc2=s=640x360:r=25:d=3[t];[k][t]concat",
                Recording.Tone,
                4
            )
        );

        var take = await Studio.MakeAsync(file);
        var start = await Picture.ReadAsync(take.Request.Video);
        var thumbnail = await Picture.ReadAsync(take.Request.Thumbnail);

        Assert.That(start.Light, Is.LessThan(10));
        Assert.That(thumbnail.Length, Is.EqualTo(1080 * 1920 * 3));
        Assert.That(thumbnail.LightAt(540, 960, 300), Is.GreaterThan(60));
        var bytes = await File.ReadAllBytesAsync(take.Request.Thumbnail);
        Assert.That(bytes[..3], Is.EqualTo(new byte[] { 0xff, 0xd8, 0xff }), "JPEG starts so");
        Assert.That(bytes[^2..], Is.EqualTo(new byte[] { 0xff, 0xd9 }), "and ends so");
    }

    [TestCase("640x360", TestName = "Wide thumbnail of a landscape recording")]
    [TestCase("360x640", TestName = "Wide thumbnail of a portrait recording")]
    public async Task The_wide_one_shows_the_whole_recording_at_the_same_moment(string size)
    {
        // Blue, then for one second red in the middle and green at both ends of the picture.
        var (width, height) = (int.Parse(size[..3], null), int.Parse(size[4..], null));
        var ends = width > height ? "w=40:x=0" : "h=40:y=0";
        var others = width > height ? "w=40:x=iw-40" : "h=40:y=ih-40";
        var file = await Recording.MakeAsync(
            $"sides-{size}.mp4",
            Recording.Of(
                $"color=blue:s={size}:r=25:d=1[k];color=red:s={size}:r=25:d=1,drawbox=c=lime:t=fill:{ends},"
                    + $"drawbox=c=lime:t=fill:{others}[m];color=blue:s={size}:r=25:d=1[e];[k][m][e]concat=n=3",
                Recording.Tone
            )
        );
        var request = Studio.Request(file) with { ThumbnailAt = TimeSpan.FromSeconds(1.5) };
        using var encoders = Studio.Encoders();
        await new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths()).MakeAsync(
            request,
            null,
            CancellationToken.None
        );

        var info = await Studio.Probe.ProbeAsync(request.Video, CancellationToken.None);
        Assert.That(info.Picture, Has.Property("Width").EqualTo(1080));
        var wide = await Still.ReadAsync(request.WideThumbnail);
        Assert.That((wide.Width, wide.Height), Is.EqualTo((1280, 720)));
        Assert.That(wide.At(640, 360), Is.EqualTo("red"));
        var (first, last) = width > height ? ((20, 360), (1260, 360)) : ((640, 15), (640, 705));
        Assert.That(wide.At(first.Item1, first.Item2), Is.EqualTo("green"));
        Assert.That(wide.At(last.Item1, last.Item2), Is.EqualTo("green"));
        Assert.That((await Picture.ReadAsync(request.Thumbnail)).At(540, 960).R, Is.GreaterThan(200), "same moment");
    }

    [Test]
    public async Task A_text_stands_on_both_in_its_place_and_not_on_the_Short()
    {
        var file = await Recording.MakeAsync("plain-grey.mp4", Recording.Of("color=gray:s=640x360:r=25", null, 1));
        var fonts = await new FontFinder(Studio.Processes).FindAsync("", CancellationToken.None);
        ThumbnailTexts? texts = null;
        var request = Studio.Request(file) with
        {
            ThumbnailFaces = [new Region(0.4, 0.6, 0.2, 0.3)],
            ThumbnailText = async (folder, places, cancel) =>
            {
                texts = ThumbnailText.Make("What a day!", fonts, PlatformMasks.Of([]), places);
                await OverlayFiles.WriteAsync(texts, folder, cancel);
                return true;
            },
        };
        using var encoders = Studio.Encoders();
        var maker = new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths());
        await maker.MakeAsync(request, null, CancellationToken.None);

        var plain = await Picture.ReadAsync(request.Video);
        var drawn = plain.ApartFrom(await Picture.ReadAsync(request.Thumbnail), 60);
        Assert.That(plain.ApartFrom(await Picture.ReadAsync(request.Video, 0.5), 10).Count, Is.Zero, "the Short");
        Assert.That(plain.LightAt(540, 960), Is.EqualTo(plain.LightAt((int)texts!.UprightBox.CentreX, 450)).Within(4));
        Assert.That(texts.UprightBox.Contains(drawn.Box), $"{drawn.Box} in {texts.UprightBox}");
        Assert.That(drawn.Box.Width, Is.EqualTo(texts.UprightBox.Width).Within(50), "as wide as was measured");
        var wide = (await Still.ReadAsync(request.WideThumbnail)).BrighterThan(200);
        Assert.That(texts.WideBox.Contains(wide.Box), $"{wide.Box} in {texts.WideBox}");
        Assert.That(wide.Count, Is.GreaterThan(5000));
        Assert.That(texts.WideBox.Overlaps(new Box(512, 432, 256, 216)), Is.False, "the face");
    }

    [Test]
    public async Task It_has_the_Shorts_colours()
    {
        var file = await Recording.MakeAsync("grey.mp4", Recording.Of("color=0x808080:s=640x360:r=25", null, 1));

        var take = await Studio.MakeAsync(file);
        var thumbnail = await Picture.ReadAsync(take.Request.Thumbnail);

        Assert.That(thumbnail.LightAt(540, 960), Is.EqualTo(0x80).Within(4));
    }

    // ffmpeg says nothing until every output has had a frame: a thumbnail that came at the end looked like a standstill.
    [Test]
    public async Task Progress_is_told_long_before_the_end()
    {
        var file = await Recording.MakeAsync("told.mp4", Recording.Of("testsrc2=s=1280x720:r=60", Recording.Tone, 8));
        var told = new List<double>();

        using var encoders = Studio.Encoders();
        await new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths()).MakeAsync(
            new ShortRequest(file, Studio.At("told-short.mp4"), Studio.At("told.jpg")),
            progress => told.Add(progress.Percent),
            CancellationToken.None
        );

        Assert.That(told, Has.Count.GreaterThan(2));
        Assert.That(told[0], Is.LessThan(50));
    }
}
