using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Any sound comes out at −14 LUFS, as long as the picture.</summary>
public sealed class SoundTests
{
    private const string Test = "testsrc2=s=320x180:r=25";
    private const string Encoded = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";
    private const string Music =
        "aevalsrc='clip(3*sin(2*PI*110*t)*sin(2*PI*2*t)+2*sin(2*PI*443*t)+sin(2*PI*3011*t),-1,1)':s=48000";
    private const string Murmur = "anoisesrc=color=pink:amplitude=0.3:seed=7,tremolo=f=4:d=0.9";
    private const string Clicks = "aevalsrc='if(lt(mod(t,0.25),0.002),0.9*sin(2*PI*900*t),0)':s=48000";
    private static readonly FrameRate TwentyFive = new(25, 1);

    private static IEnumerable<TestCaseData> Sounds()
    {
        yield return Case("loud clipped music", "music.mp4", Music + " -c:a aac -b:a 256k");
        yield return Case("quiet murmur", "murmur.mp4", Murmur + " -c:a aac");
        yield return Case("mono", "mono.mp4", Recording.Tone + " -c:a aac -ac 1");
        yield return Case("8 kHz", "8k.mp4", Recording.Tone + " -c:a aac -ar 8000");
        yield return Case(
            "5.1",
            "51.mp4",
            "aevalsrc='0.1*sin(600*t)|0.1*sin(700*t)|0.4*sin(2000*t)|0.1*sin(50*t)|0|0':c=5.1:s=48000 -c:a aac"
        );
        yield return Case("PCM", "pcm.mov", Recording.Tone + " -c:a pcm_s16le");
    }

    [TestCaseSource(nameof(Sounds))]
    public async Task Every_sound_gets_the_same_loudness(string name, string sound)
    {
        var file = await Recording.MakeAsync(name, $"-f lavfi -t 4 -i {Test} -f lavfi -t 4 -i {sound} {Encoded}");

        var take = await Studio.MakeAsync(file);

        ShortContract.Check(take, TwentyFive, 4);
        ShortContract.CheckLoudness(take);
    }

    [Test]
    public async Task Sparse_clicks_are_raised_as_far_as_they_stay_clean()
    {
        var file = await Recording.MakeAsync(
            "clicks.mp4",
            $"-f lavfi -t 4 -i {Test} -f lavfi -t 4 -i {Clicks} {Encoded} -c:a aac"
        );

        var take = await Studio.MakeAsync(file);

        ShortContract.Check(take, TwentyFive, 4);
        Assert.That(
            take.File.Loudness.Integrated,
            Is.GreaterThan(take.Made.SourceLoudness.Integrated).And.LessThan(-13)
        );
    }

    [Test]
    public async Task The_sketch_hears_what_the_meter_hears()
    {
        var file = await MurmurAsync();
        var info = await Studio.Probe.ProbeAsync(file, CancellationToken.None);
        var sketcher = new RecordingSketcher(Studio.Processes, () => new ToolPaths());
        var meter = new RecordingSound(Studio.Processes, () => new ToolPaths());

        var scratch = Path.Combine(Studio.NewFolder(), "sketch");
        var sketch = await sketcher.MakeAsync(file, info, scratch, 0, CancellationToken.None);

        var measured = await meter.MeasureAsync(file, info.Sound!, null, CancellationToken.None);
        Assert.That(sketch.Heard! with { Silences = [] }, Is.EqualTo(measured with { Silences = [] }));
        Assert.That(sketch.Heard!.Silences, Is.EqualTo(measured.Silences).And.Not.Empty);
    }

    [Test]
    public async Task What_was_heard_of_the_whole_is_not_measured_again_but_a_part_of_it_is()
    {
        var known = new Loudness(-17, -10, 0);
        var request = Studio.Request(await MurmurAsync()) with { Heard = known };
        using var encoders = Studio.Encoders();
        var maker = new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths());

        var whole = await maker.MakeAsync(request, null, CancellationToken.None);
        var cut = new Cut(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), "a test");
        var part = await maker.MakeAsync(request with { Cut = cut }, null, CancellationToken.None);

        Assert.That((whole.SourceLoudness, whole.GainDb), Is.EqualTo((known, 3d)));
        Assert.That(part.SourceLoudness.Integrated, Is.Not.EqualTo(known.Integrated).Within(0.5));
    }

    private static Task<string> MurmurAsync() =>
        Recording.MakeAsync(
            "heard.mp4",
            $"-f lavfi -t 5 -i {Test} -f lavfi -t 5 -i {Murmur},volume=0:enable='lt(t,2)' {Encoded} -c:a aac"
        );

    [Test]
    public async Task Without_sound_there_is_silence()
    {
        var take = await Studio.MakeAsync(await Recording.MakeAsync("mute.mp4", Recording.Of(Test)));

        ShortContract.Check(take, TwentyFive, 3);
        Assert.That(take.File.Loudness.IsSilent, Is.True);
        Assert.That(take.Made.GainDb, Is.Zero);
    }

    [Test]
    public async Task Silence_is_not_raised()
    {
        var take = await Studio.MakeAsync(
            await Recording.MakeAsync("silent.mp4", Recording.Of(Test, "anoisesrc=amplitude=0.0005:seed=3"))
        );

        ShortContract.Check(take, TwentyFive, 3);
        Assert.That(take.Made.GainDb, Is.Zero);
        Assert.That(take.File.Loudness.IsSilent, Is.True);
    }

    [TestCase("mp4", "2", "4", "-c:a aac", TestName = "Sound longer than the picture in MP4")]
    [TestCase("mp4", "4", "2", "-c:a aac", TestName = "Sound shorter than the picture in MP4")]
    [TestCase("mkv", "2", "4", "-c:a aac", TestName = "Sound longer than the picture in Matroska")]
    [TestCase("mkv", "4", "2", "-c:a aac", TestName = "Sound shorter than the picture in Matroska")]
    [TestCase("ts", "2", "4", "-c:a aac", TestName = "Sound longer than the picture in a transport stream")]
    [TestCase("flv", "2", "4", "-c:a aac -ar 44100", TestName = "Sound longer than the picture in FLV")]
    public async Task The_picture_decides_the_length(string ending, string picture, string sound, string codec)
    {
        var file = await Recording.MakeAsync(
            $"lengths-{picture}-{sound}.{ending}",
            $"-f lavfi -t {picture} -i {Test} -f lavfi -t {sound} -i {Recording.Tone} {Encoded} {codec}"
        );

        var take = await Studio.MakeAsync(file);

        ShortContract.Check(take, TwentyFive, picture == "2" ? 2 : 4);
        ShortContract.CheckLoudness(take);
    }

    [TestCase("mp4")]
    [TestCase("mkv")]
    public async Task Sound_that_starts_late_stays_late(string ending)
    {
        var file = await Recording.MakeAsync(
            $"late.{ending}",
            $"-f lavfi -t 4 -i {Test} -itsoffset 1 -f lavfi -t 3 -i {Recording.Tone} {Encoded} -c:a aac"
        );

        var take = await Studio.MakeAsync(file);

        ShortContract.Check(take, TwentyFive, 4);
        Assert.That(take.File.Loudness.SilentSeconds, Is.EqualTo(1).Within(0.15));
    }

    [TestCase("mp4")]
    [TestCase("mkv")]
    public async Task A_picture_that_starts_late_is_held(string ending)
    {
        var file = await Recording.MakeAsync(
            $"late-picture.{ending}",
            $"-itsoffset 1 -f lavfi -t 3 -i {Test} -f lavfi -t 4 -i {Recording.Tone} {Encoded} -c:a aac"
        );

        var take = await Studio.MakeAsync(file);

        ShortContract.Check(take, TwentyFive, 4);
        Assert.That(take.File.Loudness.SilentSeconds, Is.Zero);
    }

    [Test]
    public async Task Of_several_tracks_the_default_one_is_heard()
    {
        var file = await Recording.MakeAsync(
            "tracks.mkv",
            $"-f lavfi -t 3 -i {Test} -f lavfi -t 3 -i anullsrc=r=48000 -f lavfi -t 3 -i {Recording.Tone} "
                + $"-map 0 -map 1 -map 2 {Encoded} -c:a aac -disposition:a:0 0 -disposition:a:1 default"
        );

        var take = await Studio.MakeAsync(file);

        ShortContract.Check(take, TwentyFive, 3);
        ShortContract.CheckLoudness(take);
    }

    private static TestCaseData Case(string title, string name, string sound) =>
        new(name, sound) { TestName = $"Sound: {title}" };
}
