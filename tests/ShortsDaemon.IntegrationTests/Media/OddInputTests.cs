using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Strange, but worth a Short.</summary>
public sealed class OddInputTests
{
    private static IEnumerable<TestCaseData> Names()
    {
        string[] names =
        [
            "with blanks.mp4",
            "quote's \"and\" more.mp4",
            "line\nbreak.mp4",
            "🎬 émoji.mp4",
            "-rf.mp4",
            "%03d.mp4",
            "a:b,c;d[e]=f\\g.mp4",
            "http:__x.mp4",
            "moov atom not found encryption info.mp4",
            new string('x', 251) + ".mp4",
        ];
        return names.Select((name, i) => new TestCaseData(name) { TestName = $"Name {i}: {name.Length} characters" });
    }

    [TestCaseSource(nameof(Names))]
    public async Task Any_name_will_do(string name)
    {
        var path = Path.Combine(Studio.NewFolder(), name);
        File.Copy(
            await Recording.MakeAsync("second.mp4", Recording.Of("testsrc2=s=320x180:r=25", Recording.Tone, 1)),
            path
        );

        var take = await Studio.MakeAsync(path);

        ShortContract.Check(take, new(25, 1), 1);
    }

    [Test]
    public async Task An_8K_recording_becomes_a_Short()
    {
        var file = await Recording.MakeAsync(
            "ultra-hd.mp4",
            Recording.Of("testsrc2=s=7680x4320:r=24", Recording.Tone, 0.5)
        );

        var take = await Studio.MakeAsync(file);

        ShortContract.Check(take, new(24, 1), 0.5);
    }

    [Test]
    public async Task One_frame_becomes_one_frame()
    {
        var file = await Recording.MakeAsync("one.mp4", Recording.Of("testsrc2=s=320x180:r=25", null, 0.04));

        var take = await Studio.MakeAsync(file);

        Assert.That(take.Made.Length, Is.EqualTo(TimeSpan.FromSeconds(0.04)));
        Assert.That((await Picture.ReadAsync(take.Request.Thumbnail)).Length, Is.EqualTo(1080 * 1920 * 3));
    }

    [Test]
    public async Task A_live_file_without_any_length_is_measured()
    {
        var file = await Recording.MakeAsync(
            "live.webm",
            "-f lavfi -t 3 -i testsrc2=s=320x180:r=25 -f lavfi -t 3 -i sine -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus "
                + "-live 1"
        );
        var take = await Studio.MakeAsync(file);

        ShortContract.Check(take, new(25, 1), 3);
        ShortContract.CheckLoudness(take);
    }

    [Test]
    public async Task Huge_tags_do_not_matter()
    {
        var plain = await Recording.PlainAsync();
        var path = Path.Combine(Studio.NewFolder(), "wordy.mp4");
        await Recording.FFmpegAsync([
            "-i",
            plain,
            "-c",
            "copy",
            "-metadata",
            "comment=" + new string('é', 60_000),
            path,
        ]);

        var info = await Studio.Probe.ProbeAsync(path, CancellationToken.None);

        Assert.That(info.Picture!.Width, Is.EqualTo(640));
    }

    [Test]
    public async Task A_title_that_looks_like_a_measurement_is_no_measurement()
    {
        var plain = await Recording.PlainAsync();
        var path = Path.Combine(Studio.NewFolder(), "liar.mp4");
        await Recording.FFmpegAsync([
            .. (string[])["-i", plain, "-c", "copy", "-metadata", "title=Summary: Peak: 9 dBFS"],
            .. (string[])["-metadata", "artist=I: -2 LUFS", "-metadata", "comment=silence_duration: 99", path],
        ]);

        var take = await Studio.MakeAsync(path);

        ShortContract.CheckLoudness(take);
        Assert.That(take.Made.SourceLoudness.SilentSeconds, Is.Zero);
    }
}
