using NUnit.Framework;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Whatever comes in, the same kind of Short goes out.</summary>
public sealed class InputZooTests
{
    private const string Test = "testsrc2=s=640x360:r=30";
    private const string X264 = "-c:v libx264 -preset ultrafast";
    private static readonly FrameRate Thirty = new(30, 1);

    private static IEnumerable<TestCaseData> Pictures()
    {
        yield return Case("odd size", "odd.mp4", Lavfi("testsrc2=s=321x241:r=30") + $"{X264} -pix_fmt yuv444p");
        yield return Case("odd size 4:2:0 lossless", "odd.mkv", Lavfi("testsrc2=s=321x241:r=30") + "-c:v ffv1");
        yield return Case("sample aspect 4:3", "sar.mp4", Lavfi(Test + ",setsar=4/3") + $"{X264} -pix_fmt yuv420p");
        yield return Case("full range", "full.mp4", Lavfi(Test) + $"{X264} -pix_fmt yuvj420p -color_range pc");
        yield return Case("4:4:4", "444.mp4", Lavfi(Test) + $"{X264} -pix_fmt yuv444p");
        yield return Case("10 bits", "10.mp4", Lavfi(Test) + $"{X264} -pix_fmt yuv420p10le");
        yield return Case("RGB", "rgb.mkv", Lavfi(Test) + "-c:v libx264rgb -preset ultrafast");
        yield return Case("old MPEG-4 in AVI", "old.avi", Lavfi(Test) + "-c:v mpeg4 -q:v 5");
        yield return Case("transport stream", "ts.ts", Lavfi(Test) + $"{X264} -pix_fmt yuv420p");
        yield return Case("FLV", "flv.flv", Lavfi(Test) + $"{X264} -pix_fmt yuv420p -c:a aac -ar 44100");
        yield return Case(
            "HEVC",
            "hevc.mp4",
            Lavfi(Test) + "-c:v libx265 -preset ultrafast -x265-params log-level=none"
        );
        yield return Case(
            "VP9",
            "vp9.webm",
            Lavfi(Test) + "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus"
        );
        yield return Case("AV1", "av1.mkv", Lavfi("testsrc2=s=320x180:r=30") + "-c:v libsvtav1 -preset 12");
        yield return Case(
            "interlaced",
            "fields.mp4",
            Lavfi("testsrc2=s=640x360:r=60,tinterlace=interleave_top")
                + $"{X264} -pix_fmt yuv420p -flags +ildct+ilme -x264opts tff=1"
        );
        yield return Case("5 fps", "5.mp4", Lavfi("testsrc2=s=640x360:r=5") + $"{X264} -pix_fmt yuv420p");
        yield return Case("NTSC", "ntsc.mp4", Lavfi("testsrc2=s=640x360:r=30000/1001") + $"{X264}", new(30000, 1001));
        yield return Case("25 fps", "25.mp4", Lavfi("testsrc2=s=640x360:r=25") + $"{X264}", new(25, 1));
        yield return Case("120 fps", "120.mp4", Lavfi("testsrc2=s=320x180:r=120") + $"{X264} -bf 0", new(60, 1));
        yield return Case(
            "variable rate",
            "vfr.mp4",
            Lavfi("testsrc2=s=640x360:r=60,select='not(mod(n\\,2))+lt(mod(n\\,40)\\,20)'") + $"{X264} -vsync vfr",
            null
        );
        yield return Case("tall 9:20", "tall.mp4", Lavfi("testsrc2=s=360x800:r=30") + $"{X264} -pix_fmt yuv420p");
        yield return Case("exactly 9:16", "exact.mp4", Lavfi("testsrc2=s=360x640:r=30") + $"{X264} -pix_fmt yuv420p");
        yield return Case("very wide", "wide.mp4", Lavfi("testsrc2=s=1280x64:r=30") + $"{X264} -pix_fmt yuv420p");
    }

    [TestCaseSource(nameof(Pictures))]
    public async Task Every_picture_becomes_a_Short(string name, string arguments, FrameRate? rate)
    {
        var take = await Studio.MakeAsync(await MakeOrSkipAsync(name, arguments));

        ShortContract.Check(take, rate ?? take.Made.Rate, 2);
        ShortContract.CheckLoudness(take);
        var picture = await Picture.ReadAsync(take.Request.Video, 1.5);
        Assert.That(picture.LightAt(540, 960, 200), Is.InRange(60, 200), "the picture shows something");
    }

    private static async Task<string> MakeOrSkipAsync(string name, string arguments)
    {
        try
        {
            return await Recording.MakeAsync(name, arguments);
        }
        catch (ShortsDaemon.Media.Processes.ProcessFailedException e)
            when (e.Message.Contains("Unknown encoder", StringComparison.Ordinal))
        {
            Assert.Ignore($"this ffmpeg cannot make the recording: {e.Message}");
            throw;
        }
    }

    private static string Lavfi(string picture) => $"-f lavfi -t 2 -i {picture} -f lavfi -t 2 -i {Recording.Tone} ";

    private static TestCaseData Case(string title, string name, string arguments) =>
        Case(title, name, arguments, Thirty);

    private static TestCaseData Case(string title, string name, string arguments, FrameRate? rate) =>
        new(name, arguments, rate) { TestName = $"Picture: {title}" };
}
