using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Programs that are not what they should be, played by small scripts.</summary>
public sealed class FaultyToolsTests
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    private static string Script(string lines, UnixFileMode mode = Executable)
    {
        var path = Path.Combine(Studio.NewFolder(), "tool");
        File.WriteAllText(path, "#!/bin/sh\n" + lines + "\n");
        File.SetUnixFileMode(path, mode);
        return path;
    }

    private static async Task<T> FailureAsync<T>(ToolPaths tools, ShortRequest? given = null)
        where T : Exception
    {
        var request = given ?? Studio.Request(await Recording.PlainAsync());
        using var encoders = Studio.Encoders();
        var probe = new MediaProbe(Studio.Processes, () => tools);
        var maker = new ShortMaker(Studio.Processes, probe, encoders, () => tools);
        var failure = Assert.ThrowsAsync<T>(() => maker.MakeAsync(request, null, CancellationToken.None));
        Assert.That(File.Exists(request.Video), Is.False);
        return failure!;
    }

    [Test]
    public async Task Ffprobe_is_missing() =>
        Assert.That(
            (await FailureAsync<ToolMissingException>(new(FFprobe: "/no/ffprobe"))).Message,
            Is.EqualTo("'/no/ffprobe' was not found: install it or set its path under Tools")
        );

    [Test]
    public async Task Ffmpeg_is_missing() =>
        Assert.That(
            (await FailureAsync<ToolMissingException>(new(FFmpeg: "/no/ffmpeg"))).Message,
            Does.StartWith("'/no/ffmpeg' was not found")
        );

    [Test]
    public async Task Ffprobe_is_not_executable() =>
        Assert.That(
            (await FailureAsync<ToolMissingException>(new(FFprobe: Script("exit 0", UnixFileMode.UserRead)))).Message,
            Does.Contain("is not executable: chmod +x it")
        );

    [Test]
    public async Task Ffprobe_crashes() =>
        Assert.That(
            (await FailureAsync<ProcessFailedException>(new(FFprobe: Script("echo ouch >&2; kill -SEGV $$")))).Message,
            Is.EqualTo("tool was killed by signal 11: ouch")
        );

    [TestCase("echo hello; exit 0")]
    [TestCase("printf '{\"streams\": [{\"index\": \"x\"'")]
    [TestCase("head -c 200000 /dev/urandom")]
    [TestCase("exit 0")]
    public async Task Ffprobe_prints_garbage(string lines) =>
        Assert.That(
            (await FailureAsync<ProcessFailedException>(new(FFprobe: Script(lines)))).Message,
            Does.StartWith("tool did not answer in JSON").And.EndsWith("Is Tools:FFprobe really ffprobe?")
        );

    [Test]
    public async Task Ffmpeg_crashes() =>
        Assert.That(
            (
                await FailureAsync<ProcessFailedException>(new(FFmpeg: Script("echo Assertion failed >&2; exit 134")))
            ).Message,
            Is.EqualTo("tool was killed by signal 6: Assertion failed")
        );

    [Test]
    public async Task Ffmpeg_hangs_while_encoding()
    {
        var request = Studio.Request(
            await Recording.MakeAsync("mute.mp4", Recording.Of("testsrc2=s=320x180:r=25"))
        ) with
        {
            StallLimit = TimeSpan.FromSeconds(1),
        };
        var started = TimeProvider.System.GetTimestamp();

        var failure = await FailureAsync<ProcessTimeoutException>(
            new(FFmpeg: Script("while true; do echo frame=0; echo progress=continue; sleep 0.1; done")),
            request
        );

        Assert.That(failure.Message, Does.StartWith("tool made no progress for 1 s"));
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task Ffmpeg_says_it_is_done_without_having_done_anything()
    {
        var request = Studio.Request(await Recording.MakeAsync("mute.mp4", Recording.Of("testsrc2=s=320x180:r=25")));

        Assert.That(
            (
                await FailureAsync<ProcessFailedException>(new(FFmpeg: Script("echo; echo = ; echo Hello")), request)
            ).Message,
            Is.EqualTo("tool never said that it was done. Is Tools:FFmpeg really ffmpeg?")
        );
    }
}
