using System.Diagnostics;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Framing;

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

    private static async Task<double> ShareWithFaceAsync(string video, string model)
    {
        var (path, cascade) = (Samples.Require(video), Samples.Require(model));
        var finder = new FaceFinder(CascadeReader.Read(cascade));
        var info = await Studio.Probe.ProbeAsync(path, CancellationToken.None);
        using var scratch = new ScratchFolder(Path.Combine(Studio.NewFolder(), "faces"));
        var picture = info.RequirePicture();
        var task = new FramingTask(path, picture, info.Duration, picture.Rate, LayoutName.Auto, null, scratch);
        var ffmpeg = new FFmpeg(Studio.Processes, () => new ToolPaths());
        var frames = await new GreyFrames(ffmpeg).SpreadAsync(task, Looks, CancellationToken.None);
        var started = Stopwatch.GetTimestamp();
        var seen = frames.Select(frame => finder.Find(frame).Count).ToList();
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds / frames.Count;
        var size = $"{frames[0].Width}×{frames[0].Height}";
        await TestContext.Out.WriteLineAsync(
            $"{video} {size}: faces {string.Join(' ', seen)}, {took:0} ms a picture, {Path.GetFileName(model)}"
        );
        return (double)seen.Count(count => count > 0) / frames.Count;
    }
}
