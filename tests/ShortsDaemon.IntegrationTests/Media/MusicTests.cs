using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Render;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Music of 3 kHz under a low tone that sounds from 0 to 2 s and from 4 to 6 s.</summary>
public sealed class MusicTests
{
    private const int Rate = 16000;
    private const string Dark = "color=0x404040:s=320x180:r=25";
    private static readonly string Pausing = Recording.Tone + ",volume=0:enable='between(t,2,4)'";

    [Test]
    public async Task It_gives_way_to_the_own_sound_and_the_loudness_is_that_of_both()
    {
        var file = await Recording.MakeAsync("pausing.mp4", Recording.Of(Dark, Pausing, 6));
        var take = await MakeAsync(file, -12);

        ShortContract.Check(take, new(25, 1), 6);
        Assert.That(take.File.Loudness.Integrated, Is.EqualTo(-14).Within(0.5));
        var music = await HighToneAsync(take.Request.Video);
        var (spoken, pause, later) = (Level(music, 1, 1.9), Level(music, 3, 3.9), Level(music, 4.2, 4.8));
        Assert.That(pause - spoken, Is.InRange(6, 20), "in the pause it comes up");
        Assert.That(later, Is.EqualTo(spoken).Within(2), "and gives way again");
        Assert.That(pause, Is.InRange(-40, -20), "where it is heard");
        Assert.That(Level(music, 0, 0.1), Is.LessThan(spoken - 6), "it begins softly");
        Assert.That(Level(music, 5.9, 6), Is.LessThan(spoken - 6), "it ends softly");
    }

    [Test]
    public async Task Where_nothing_else_is_heard_it_is_as_loud_as_a_Short()
    {
        var take = await MakeAsync(await Recording.MakeAsync("dark.mp4", Recording.Of(Dark)), -18);

        ShortContract.Check(take, new(25, 1), 3);
        Assert.That(take.File.Loudness.Integrated, Is.EqualTo(-14).Within(0.5));
    }

    [Test]
    public async Task What_is_no_music_is_told_with_its_key()
    {
        var mute = await Recording.MakeAsync("no-music.mp4", Recording.Of(Dark, null, 1));
        List<string> remarks = [];

        foreach (var path in new[] { mute, Studio.At("nowhere.mp3") })
            Assert.That(
                await Step().FindAsync(new RenderOptions { Music = path }, remarks, CancellationToken.None),
                Is.Null
            );

        Assert.That(remarks[0], Is.EqualTo($"no music: '{mute}' (Render:Music) cannot be used: it holds no sound"));
        Assert.That(remarks[1], Does.StartWith($"no music: '{Studio.At("nowhere.mp3")}' (Render:Music) cannot be"));
    }

    private static MusicStep Step() => new(Studio.Probe, new RecordingSound(Studio.Processes, () => new ToolPaths()));

    // Shorter than any Short, so it is played over and over.
    private static async Task<Take> MakeAsync(string file, double db)
    {
        var song = await Recording.MakeAsync(
            "song.mp3",
            "-f lavfi -t 2.3 -i sine=frequency=3000:sample_rate=44100,volume=0.5"
        );
        List<string> remarks = [];
        var render = new RenderOptions { Music = song, MusicDb = db };
        var music = await Step().FindAsync(render, remarks, CancellationToken.None);
        Assert.That(remarks, Is.Empty);
        var request = Studio.Request(file) with { Music = music };
        using var encoders = Studio.Encoders();
        var maker = new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths());
        var made = await maker.MakeAsync(request, null, CancellationToken.None);
        return new(request, made, await Studio.Meter.MeasureAsync(request.Video, -60, 0, CancellationToken.None));
    }

    private static async Task<short[]> HighToneAsync(string video)
    {
        var raw = Path.Combine(Studio.NewFolder(), "high.pcm");
        string[] high = ["-af", "highpass=f=2000,highpass=f=2000,highpass=f=2000,highpass=f=2000"];
        string[] form = ["-ac", "1", "-ar", $"{Rate}", "-f", "s16le", raw];
        await Recording.FFmpegAsync(["-i", video, "-vn", .. high, .. form]);
        var bytes = await File.ReadAllBytesAsync(raw);
        return [.. Enumerable.Range(0, bytes.Length / 2).Select(i => BitConverter.ToInt16(bytes, i * 2))];
    }

    /// <returns>Mean level in dBFS.</returns>
    private static double Level(short[] samples, double from, double to)
    {
        var part = samples[(int)(from * Rate)..Math.Min(samples.Length, (int)(to * Rate))];
        return 10 * Math.Log10(part.Average(s => (double)s * s) / 32768 / 32768 + 1e-12);
    }
}
