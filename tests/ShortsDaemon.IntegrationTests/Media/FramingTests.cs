using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Framing;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Layouts that look at the picture first, by real ffmpeg; without a face model unless a test names one.</summary>
public sealed class FramingTests
{
    // What is drawn here has no faces; a model that is installed would only cost time.
    private static readonly ToolPaths NoFaces = new() { FaceModel = "/nowhere/model.xml" };

    private static async Task<(ShortRequest Request, MadeShort Made)> MakeAsync(
        string file,
        LayoutName layout,
        Region? facecam = null,
        ToolPaths? tools = null
    )
    {
        var request = Studio.Request(file, layout) with { Facecam = facecam, MaxFrameRate = 30 };
        using var encoders = Studio.Encoders();
        var maker = new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => tools ?? NoFaces);
        var made = await maker.MakeAsync(request, null, CancellationToken.None);
        Assert.That(Directory.GetFileSystemEntries(Path.GetDirectoryName(request.Video)!), Has.Length.EqualTo(3));
        return (request, made);
    }

    [Test]
    public async Task The_facecam_lies_above_the_game()
    {
        var picture = "testsrc2=s=640x360:r=25,drawbox=x=480:y=240:w=160:h=120:c=red:t=fill";
        var file = await Recording.MakeAsync("facecam.mp4", Recording.Of(picture, null, 1));

        var (request, made) = await MakeAsync(file, LayoutName.FacecamSplit, new Region(0.75, 2 / 3d, 0.25, 1 / 3d));

        Assert.That(made.Layout, Is.EqualTo(LayoutName.FacecamSplit), made.LayoutReason);
        var shown = await Picture.ReadAsync(request.Video, 0.5);
        (int X, int Y)[] corners = [(12, 12), (1068, 12), (12, 796), (1068, 796)];
        foreach (var (x, y) in corners)
            Assert.That(shown.At(x, y).R, Is.GreaterThan(200), $"facecam at {x}, {y}");
        Assert.That(shown.At(1068, 830), Is.Not.EqualTo(shown.At(1068, 796)), "the game below");
    }

    [Test]
    public async Task Without_a_facecam_the_whole_picture_is_shown_and_it_says_why()
    {
        var (_, made) = await MakeAsync(await Recording.PlainAsync(), LayoutName.AutoFacecam);

        Assert.That(made.Layout, Is.EqualTo(LayoutName.BlurredBackdrop));
        Assert.That(made.LayoutReason, Does.StartWith("instead of AutoFacecam: the face model '/nowhere/model.xml'"));
    }

    [Test]
    public async Task A_vertical_recording_is_native_and_another_shape_lies_on_black()
    {
        var vertical = await Recording.MakeAsync("vertical.mp4", Recording.Of("color=red:s=360x640:r=25", null, 1));
        var square = await Recording.MakeAsync("square-red.mp4", Recording.Of("color=red:s=360x360:r=25", null, 1));

        var (auto, made) = await MakeAsync(vertical, LayoutName.Auto);
        var (native, _) = await MakeAsync(square, LayoutName.Native);

        Assert.That(
            (made.Layout, made.LayoutReason),
            Is.EqualTo((LayoutName.Native, "the recording is vertical already (360×640)"))
        );
        Assert.That((await Picture.ReadAsync(auto.Video, 0.5)).At(540, 20).R, Is.GreaterThan(200));
        var onBlack = await Picture.ReadAsync(native.Video, 0.5);
        Assert.That(onBlack.At(540, 960).R, Is.GreaterThan(200));
        Assert.That(onBlack.LightAt(540, 400), Is.LessThan(10));
    }

    [Test]
    public async Task The_cut_follows_what_moves_and_jumps_with_the_scene()
    {
        // A white box that swings, and after 4 s another scene in which it starts elsewhere.
        const string Box =
            "color=white:s=60x120:r=30[b{0}];color=0x404040:s=960x540:r=30[g{0}];"
            + "[g{0}][b{0}]overlay=x={1}-30:y=210:shortest=0,trim=duration=4[s{0}]";
        var scenes =
            Box.Replace("{0}", "1", StringComparison.Ordinal)
                .Replace("{1}", "480+280*sin(t*1.2)", StringComparison.Ordinal)
            + ";"
            + Box.Replace("{0}", "2", StringComparison.Ordinal)
                .Replace("{1}", "150+80*t", StringComparison.Ordinal)
                .Replace("0x404040", "0xa0a0a0", StringComparison.Ordinal)
            + ";[s1][s2]concat";
        var file = await Recording.MakeAsync("swing.mp4", Recording.Of(scenes, null, 8));

        var (request, made) = await MakeAsync(file, LayoutName.TrackingCrop);

        Assert.That(made.Layout, Is.EqualTo(LayoutName.TrackingCrop), made.LayoutReason);
        var widths = await WhiteWidthsAsync(request.Video);
        // The whole box is 60 of 304 px: 21 of the 108 columns looked at.
        var whole = widths.Count(width => width is >= 18 and <= 25);
        await TestContext.Out.WriteLineAsync($"whole in {whole} of {widths.Count} frames: {made.LayoutReason}");
        Assert.That((double)whole / widths.Count, Is.GreaterThanOrEqualTo(0.97));
    }

    /// <summary>How many of 108 columns are white in the middle of each frame.</summary>
    private static async Task<List<int>> WhiteWidthsAsync(string video)
    {
        var raw = Path.Combine(Studio.NewFolder(), "row.grey");
        string[] row = ["-vf", "crop=1080:20:0:950,scale=108:1:flags=area,format=gray", "-f", "rawvideo", raw];
        await Recording.FFmpegAsync(["-i", video, .. row]);
        return [.. (await File.ReadAllBytesAsync(raw)).Chunk(108).Select(pixels => pixels.Count(p => p > 205))];
    }

    [TestCase("0:0", 0, 0)]
    [TestCase("W-w:0", 0.75, 0)]
    [TestCase("0:H-h", 0, 2 / 3d)]
    [TestCase("W-w:H-h", 0.75, 2 / 3d)]
    public async Task A_real_facecam_is_found_in_each_corner(string place, double x, double y)
    {
        var face = Samples.Require("video/person_gesture_640x480_noaudio.mkv");
        var game = Samples.Require("video/game_space_shooter_vfr.mp4");
        var model = Samples.Require(Samples.Model);
        var name = FormattableString.Invariant($"corner-{x:0.00}-{y:0.00}.mp4");
        var graph = $"[0:v]scale=1280:720[g];[1:v]scale=320:240[f];[g][f]overlay={place}:shortest=1";
        string[] inputs = ["-t", "8", "-i", game, "-stream_loop", "-1", "-t", "8", "-i", face];
        string[] output = ["-filter_complex", graph, "-an", "-c:v", "libx264", "-preset", "ultrafast", "-g", "30"];
        await Recording.FFmpegAsync([.. inputs, .. output, Studio.At(name)]);

        var framed = await ChooseAsync(Studio.At(name), LayoutName.AutoFacecam, new() { FaceModel = model });

        Assert.That(framed.Layout, Is.InstanceOf<FacecamSplit>(), framed.Reason);
        var overlap = ((FacecamSplit)framed.Layout).Facecam.Overlap(new Region(x, y, 0.25, 1 / 3d));
        await TestContext.Out.WriteLineAsync($"overlap {overlap:0.000}: {framed.Reason}");
        Assert.That(overlap, Is.GreaterThanOrEqualTo(0.8));
    }

    private static async Task<Framed> ChooseAsync(string file, LayoutName layout, ToolPaths tools)
    {
        var info = await Studio.Probe.ProbeAsync(file, CancellationToken.None);
        using var scratch = new ScratchFolder(file);
        return await new LayoutChooser(
            new FFmpeg(Studio.Processes, () => tools),
            new FaceModel(() => tools)
        ).ChooseAsync(
            new(file, info.RequirePicture(), info.Duration, new(30, 1), layout, null, scratch),
            CancellationToken.None
        );
    }
}
