using NUnit.Framework;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Pipeline.Gate;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>One file for each rule of the gate with just that defect: each is refused for its own reason.</summary>
public sealed class DefectFilesTests
{
    private const string Size = "s=1080x1920:r=24";
    private const string Moving = "testsrc2=" + Size;

    // About -14 LUFS.
    private const string Notes = "aevalsrc='0.215*sin(2*PI*500*t)|0.215*sin(2*PI*440*t)':s=48000";
    private const string Click = "0.2*sin(2*PI*440*t)+if(lt(mod(t,1),0.004),0.95*sin(2*PI*900*t),0)";
    private const string Encode = "-c:v libx264 -preset ultrafast -crf 30 -pix_fmt yuv420p";
    private const string Tags = "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv";
    private const string Sound = "-c:a aac -ar 48000 -ac 2";
    private const string Fast = "-movflags +faststart";

    // -14 LUFS of the recording too, heard all the time.
    private static readonly Loudness Heard = new(-14, -3, 0);

    private static IEnumerable<TestCaseData> Defects()
    {
        yield return Defect("length", Of(Moving, Notes, 2));
        yield return Defect("frame-format", Of("testsrc2=s=1920x1080:r=24", Notes));
        yield return Defect("interlaced", Of(Moving, Notes, extra: "-flags +ildct+ilme -x264opts tff=1"));
        yield return Defect("colour-tags", Of(Moving, Notes, tags: ""));
        yield return Defect("sound-format", Of(Moving, Notes, sound: "-c:a aac -ar 44100 -ac 2"));
        yield return Defect("index-last", Of(Moving, Notes, fast: ""));
        yield return Defect("dull-start", Of($"color=black:{Size}:d=0.6[k];{Moving}:d=3[m];[k][m]concat", Notes, 3.6));
        yield return Defect("black", Of($"{Moving}:d=1[m];color=black:{Size}:d=3[k];[m][k]concat", Notes, 4));
        yield return Defect("frozen", Of($"{Moving}:d=0.5[m];color=red:{Size}:d=5[r];[m][r]concat", Notes, 5.5));
        yield return Defect("loudness", Of(Moving, Notes + ",volume=-6dB"));
        yield return Defect("true-peak", Of(Moving, $"aevalsrc='{Click}|{Click}':s=48000"));
        // Less than the sum of silence would tell.
        yield return Defect("muted-segment", Of(Moving, Notes + ",volume=0:enable='between(t,2,2.8)'", 4));
    }

    [TestCaseSource(nameof(Defects))]
    public async Task It_is_refused_for_its_own_reason(string code, string arguments)
    {
        var file = await Recording.MakeAsync($"defect-{code}.mp4", arguments);
        Assert.That(await CodesAsync(file), Is.EqualTo(new[] { code }));
    }

    [Test]
    public async Task Without_a_defect_it_passes() => Assert.That(await CodesAsync(await GoodAsync()), Is.Empty);

    [Test]
    public async Task A_dark_picture_with_something_bright_in_it_is_not_black()
    {
        var ship = $"color=black:{Size}[k];testsrc2=s=150x150:r=24[s];[k][s]overlay=x=200+80*t:y=800";
        Assert.That(await CodesAsync(await Recording.MakeAsync("dark-game.mp4", Of(ship, Notes))), Is.Empty);
    }

    [Test]
    public async Task Too_large_for_a_destination() =>
        Assert.That(
            await CodesAsync(await GoodAsync(), new SizeLimit(1000, "inbox/Folder")),
            Is.EqualTo(new[] { "too-large" })
        );

    [TestCase("sound-offset", "-itsoffset 0.3 -i {0} -i {0} -map 1:v -map 0:a -t 3.3")]
    [TestCase("length-difference", "-i {0} -t 2.5 -i {0} -map 0:v -map 1:a")]
    public async Task Streams_that_do_not_fit(string code, string arguments)
    {
        var file = Studio.At($"defect-{code}.mp4");
        var inputs = string.Format(System.Globalization.CultureInfo.InvariantCulture, arguments, await GoodAsync());
        await Recording.FFmpegAsync([.. $"{inputs} -c copy {Fast}".Split(' '), file]);
        Assert.That(await CodesAsync(file), Does.Contain(code));
    }

    [Test]
    public async Task Sound_that_was_lost()
    {
        var file = await Recording.MakeAsync(
            "defect-sound-lost.mp4",
            Of(Moving, Notes + ",volume=0:enable='gt(t,2.5)'", 4)
        );
        Assert.That(await CodesAsync(file), Is.EquivalentTo(new[] { "sound-lost", "muted-segment" }));
    }

    [Test]
    public async Task Damaged_data()
    {
        var file = Studio.At("defect-decode-error.mp4");
        var bytes = await File.ReadAllBytesAsync(await GoodAsync());
        // In the middle of the pictures, far from the index.
        for (var i = bytes.Length / 2; i < bytes.Length / 2 + 2000; i++)
            bytes[i] ^= 0x5a;
        await File.WriteAllBytesAsync(file, bytes);
        Assert.That(await CodesAsync(file), Does.Contain("decode-error"));
    }

    private static Task<string> GoodAsync() => Recording.MakeAsync("no-defect.mp4", Of(Moving, Notes));

    private static string Of(
        string picture,
        string audio,
        double seconds = 3.5,
        string extra = "",
        string tags = Tags,
        string sound = Sound,
        string fast = Fast
    ) =>
        FormattableString.Invariant(
            $"-f lavfi -i {picture} -f lavfi -i {audio} -t {seconds} {Encode} {extra} {tags} {sound} {fast}"
        );

    private static async Task<string[]> CodesAsync(string file, SizeLimit? limit = null)
    {
        var inspector = new ShortInspector(Studio.Meter);
        var inspection = await inspector.InspectAsync(file, Heard, 0, -14, limit, 0, CancellationToken.None);
        Assert.That(inspection.Quality, Is.Not.Empty);
        return [.. inspection.Checks.Where(c => !c.Passed).Select(c => c.Code)];
    }

    private static TestCaseData Defect(string code, string arguments) =>
        new TestCaseData(code, arguments).SetArgDisplayNames(code);
}
