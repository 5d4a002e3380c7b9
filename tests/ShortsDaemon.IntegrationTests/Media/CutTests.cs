using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Fingerprints;
using ShortsDaemon.Media.Sketches;
using ShortsDaemon.Media.Thumbnails;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>What is left out of a recording is left out to the frame, and a copy of a recording is known again.</summary>
public sealed class CutTests
{
    // One second of black and silence, 5 s of life, one second of a still picture and silence.
    private const string Picture =
        "color=black:s=640x360:r=30:d=1[k];testsrc2=s=640x360:r=30:d=5[m];color=red:s=640x360:r=30:d=1.5[r];[k][m][r]concat=n=3";
    private const string Sound = Recording.Tone + ",volume=0:enable='lt(t,1)+gt(t,6)'";
    private static readonly CutRules Rules = new(Edges: true, ShortestSeconds: 3, LongestSeconds: 180);

    [TestCase("mp4")]
    [TestCase("ts")]
    public async Task Dead_edges_are_left_out(string ending)
    {
        var file = await Recording.MakeAsync($"edges.{ending}", Recording.Of(Picture, Sound, 7.5));
        var (sketch, cut) = await StudyAsync(file);
        Assert.That(cut!.From.TotalSeconds, Is.EqualTo(1).Within(0.13), cut.Reason);
        Assert.That(cut.To.TotalSeconds, Is.EqualTo(6).Within(0.3), cut.Reason);

        var request = Studio.Request(file) with
        {
            Cut = cut,
            ThumbnailAt = ThumbnailMoments.Best(sketch, cut, 1)[0].At,
        };
        var take = await MakeAsync(request);

        ShortContract.Check(take, new(30, 1), cut.Length.TotalSeconds);
        ShortContract.CheckLoudness(take);
        Assert.That(take.File.Blacks, Is.Empty);
        Assert.That(take.File.Freezes, Is.Empty);
        Assert.That((await Media.Picture.ReadAsync(request.Video)).Light, Is.GreaterThan(40), "the first picture");
        Assert.That((await Media.Picture.ReadAsync(request.Thumbnail)).Light, Is.GreaterThan(40), "the thumbnail");
    }

    [Test]
    public async Task The_picture_and_the_sound_are_cut_at_the_same_place()
    {
        // White and loud during the one second from 2.5 s on.
        var file = await Recording.MakeAsync(
            "flash.mp4",
            Recording.Of(
                "color=0x404040:s=320x180:r=30,drawbox=c=white:t=fill:enable='between(t,2.5,3.49)'",
                Recording.Tone + ",volume=0:enable='not(between(t,2.5,3.5))'",
                6
            )
        );
        var cut = new Cut(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), "") { EndsEarly = true };
        var take = await MakeAsync(Studio.Request(file) with { Cut = cut });

        ShortContract.Check(take, new(30, 1), 3);
        Assert.That((await Media.Picture.ReadAsync(take.Request.Video, 0.4)).LightAt(540, 960), Is.LessThan(100));
        Assert.That((await Media.Picture.ReadAsync(take.Request.Video, 0.6)).LightAt(540, 960), Is.GreaterThan(200));
        Assert.That((await Media.Picture.ReadAsync(take.Request.Video, 1.6)).LightAt(540, 960), Is.LessThan(100));
        var silences = take.File.Loudness.Silences;
        Assert.That(silences[0].End, Is.EqualTo(0.5).Within(0.08));
        Assert.That(silences[1].Start, Is.EqualTo(1.5).Within(0.08));
    }

    [TestCase("crf 35", "-c:v libx264 -preset ultrafast -crf 35 -c:a aac -b:a 48k", TestName = "Encoded anew")]
    [TestCase("mirrored", "-vf hflip -c:v libx264 -preset ultrafast -c:a aac", TestName = "Mirrored")]
    [TestCase("cropped", "-vf crop=iw*0.9:ih*0.9 -c:v libx264 -preset ultrafast -c:a aac", TestName = "Cropped")]
    [TestCase("shifted", "-ss 2.2 -c:v libx264 -preset ultrafast -c:a aac", TestName = "Begins later")]
    [TestCase(
        "faster",
        "-vf setpts=PTS/1.05 -af asetrate=48000*1.05,aresample=48000 -c:v libx264 -preset ultrafast -c:a aac",
        TestName = "Faster"
    )]
    public async Task A_copy_is_known_again(string name, string change)
    {
        var original = await Recording.MakeAsync("life.mp4", Life(3));
        var other = await Recording.MakeAsync("life-other.mp4", Life(11));
        var copy = Studio.At($"life-{name.Replace(' ', '-')}.mp4");
        await Recording.FFmpegAsync(["-i", original, .. change.Split(' '), copy]);

        var search = new FingerprintSearch((await StudyAsync(copy)).Sketch);

        Assert.That(search.Compare(Fingerprint.Of((await StudyAsync(original)).Sketch)), Is.Not.Null);
        Assert.That(search.Compare(Fingerprint.Of((await StudyAsync(other)).Sketch)), Is.Null);
    }

    // Cells that live and die, and eight tones that swell at a pace of their own.
    private static string Life(int seed)
    {
        var tones = Enumerable
            .Range(0, 8)
            .Select(i =>
                FormattableString.Invariant(
                    $"0.05*sin({1600 * Math.Pow(1.3, i):0}*t)*(1+sin({5 + seed * (i + 3) % 17 * 0.83 + Math.Sqrt(i + 2):0.000}*t))"
                )
            );
        return Recording.Of(
            $"life=s=32x18:r=5:seed={seed}:ratio=0.35:life_color=white:death_color=0x303030,fps=30,scale=320:180:flags=neighbor,gblur=sigma=6",
            $"aevalsrc='{string.Join('+', tones)}':s=48000",
            12
        );
    }

    private static async Task<(Sketch Sketch, Cut? Cut)> StudyAsync(string file)
    {
        var info = await Studio.Probe.ProbeAsync(file, CancellationToken.None);
        var sketcher = new RecordingSketcher(Studio.Processes, () => new ToolPaths());
        var scratch = Path.Combine(Studio.NewFolder(), "sketch");
        var sketch = await sketcher.MakeAsync(file, info, scratch, 0, CancellationToken.None);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(scratch)!), Is.Empty, "nothing is left");
        return (sketch, CutFinder.Find(sketch, info.Duration, Rules));
    }

    private static async Task<Take> MakeAsync(ShortRequest request)
    {
        using var encoders = Studio.Encoders();
        var maker = new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths());
        var made = await maker.MakeAsync(request, null, CancellationToken.None);
        return new(request, made, await Studio.Meter.MeasureAsync(request.Video, Studio.SilenceDb, 0, default));
    }
}
