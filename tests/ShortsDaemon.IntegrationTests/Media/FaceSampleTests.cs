using System.Diagnostics;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Framing;
using ShortsDaemon.Media.Sketches;
using ShortsDaemon.Media.Thumbnails;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>How many of the faces in real recordings are found, and how many are seen where none are.</summary>
public sealed class FaceSampleTests
{
    private const int Looks = 12;

    [TestCase("video/face_720p_woman_b.mp4")]
    [TestCase("video/face_square_woman_18s.mp4")]
    [TestCase("video/face_woman_blue_700x700.mp4")]
    [TestCase("video/person_gesture_640x480_noaudio.mkv")]
    [TestCase("video/talk_girl_garden_hevc_1080x1920.mp4")]
    public async Task A_face_is_seen_in_most_pictures(string video) =>
        Assert.That(await ShareWithFaceAsync(video, Samples.Model), Is.GreaterThanOrEqualTo(0.8));

    [TestCase("video/game_piano_1080p60.mp4")]
    [TestCase("video/game_space_shooter_vfr.mp4")]
    [TestCase("video/game_snake_444_noaudio.mp4")]
    public async Task Hardly_a_face_is_seen_in_a_game(string video) =>
        Assert.That(await ShareWithFaceAsync(video, Samples.Model), Is.LessThanOrEqualTo(0.1));

    [Test]
    public async Task The_thumbnail_shows_the_face_and_knows_where_it_is()
    {
        var path = Samples.Require("video/face_720p_woman_b.mp4");
        var tools = new ToolPaths { FaceModel = Samples.Require(Samples.Model) };
        var model = new FaceModel(() => tools);
        var info = await Studio.Probe.ProbeAsync(path, CancellationToken.None);
        var sketcher = new RecordingSketcher(Studio.Processes, () => tools, model);
        var scratch = Path.Combine(Studio.NewFolder(), "sketch");
        var sketch = await sketcher.MakeAsync(path, info, scratch, 0, CancellationToken.None);

        var started = Stopwatch.GetTimestamp();
        var thumbnail = new ThumbnailFinder(model).Find(sketch, null)!;
        await TestContext.Out.WriteLineAsync(
            $"{Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms, {thumbnail.At}, {thumbnail.Faces[0]}, {thumbnail.Reason}"
        );

        Assert.That(new Region(0.4, 0.1, 0.25, 0.55).Holds(thumbnail.Faces[0]), $"{thumbnail.Faces[0]}");
        Assert.That(thumbnail.Faces[0].Height, Is.InRange(0.2, 0.6));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(scratch)!), Is.Empty, "nothing is left behind");
    }

    /// <summary>The face of the recording, before a game and swinging from side to side.</summary>
    [TestCase("480", TestName = "The cut holds a face that stays")]
    [TestCase("480+400*sin(t)", TestName = "The cut follows a face that swings")]
    public async Task The_face_stays_in_the_cut(string left)
    {
        var face = Samples.Require("video/face_720p_woman_b.mp4");
        var game = Samples.Require("video/game_space_shooter_vfr.mp4");
        var model = Samples.Require(Samples.Model);
        var file = Studio.At($"face-{left.Length}.mp4");
        var graph =
            $"[0:v]scale=1280:720[g];[1:v]crop=400:560,scale=320:448[f];[g][f]overlay=x='{left}':y=136:shortest=1";
        string[] output = ["-an", "-c:v", "libx264", "-preset", "ultrafast", file];
        await Recording.FFmpegAsync(["-i", game, "-i", face, "-filter_complex", graph, .. output]);
        using var encoders = Studio.Encoders();
        Func<ToolPaths> tools = () => new ToolPaths { FaceModel = model };
        var request = Studio.Request(file, LayoutName.TrackingCrop) with { MaxFrameRate = 30 };

        var made = await new ShortMaker(Studio.Processes, Studio.Probe, encoders, tools).MakeAsync(
            request,
            null,
            default
        );

        Assert.That(made.Layout, Is.EqualTo(LayoutName.TrackingCrop), made.LayoutReason);
        var small = Studio.At($"face-{left.Length}-short.mp4");
        await Recording.FFmpegAsync(["-i", request.Video, "-an", "-vf", "scale=360:640,fps=10", "-g", "1", small]);
        Assert.That(await ShareWithFaceAsync(small, model, 60), Is.GreaterThanOrEqualTo(0.97), made.LayoutReason);
    }

    private static Task<double> ShareWithFaceAsync(string video, string model) =>
        ShareWithFaceAsync(Samples.Require(video), Samples.Require(model), Looks);

    private static async Task<double> ShareWithFaceAsync(string path, string cascade, int looks)
    {
        var finder = new FaceFinder(CascadeReader.Read(cascade));
        var info = await Studio.Probe.ProbeAsync(path, CancellationToken.None);
        using var scratch = new ScratchFolder(Path.Combine(Studio.NewFolder(), "faces"));
        var picture = info.RequirePicture();
        var task = new FramingTask(path, picture, info.Duration, picture.Rate, LayoutName.Auto, null, scratch);
        var ffmpeg = new FFmpeg(Studio.Processes, () => new ToolPaths());
        var frames = await new GreyFrames(ffmpeg).SpreadAsync(task, looks, CancellationToken.None);
        var started = Stopwatch.GetTimestamp();
        var seen = frames.Select(frame => finder.Find(frame).Count).ToList();
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds / frames.Count;
        var size = $"{frames[0].Width}×{frames[0].Height}";
        await TestContext.Out.WriteLineAsync(
            $"{Path.GetFileName(path)} {size}: faces {string.Join(' ', seen)}, {took:0} ms a picture, {Path.GetFileName(cascade)}"
        );
        return (double)seen.Count(count => count > 0) / frames.Count;
    }
}
