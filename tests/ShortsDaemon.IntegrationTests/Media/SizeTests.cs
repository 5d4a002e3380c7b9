using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;

namespace ShortsDaemon.IntegrationTests.Media;

public sealed class SizeTests
{
    private const long MiB = 1024 * 1024;

    [Test]
    public async Task Noise_lands_below_the_size_it_may_have()
    {
        var file = await Recording.MakeAsync(
            "noise.mp4",
            Recording.Of("color=gray:s=320x180:r=25,noise=alls=90:allf=t", Recording.Tone, 4)
        );
        var request = Studio.Request(file) with { MaxBytes = MiB };
        using var encoders = Studio.Encoders();

        await new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths()).MakeAsync(
            request,
            null,
            CancellationToken.None
        );

        Assert.That(new FileInfo(request.Video).Length, Is.InRange(MiB / 2, MiB));
    }
}
