using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Cuts;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>A Short that repeats without a jump.</summary>
public sealed class LoopTests
{
    // White and loud from 2 s to 3 s.
    private const string Picture = "testsrc2=s=320x180:r=30,drawbox=c=white:t=fill:enable='between(t,2,2.99)'";
    private const string Sound = Recording.Tone + ",volume=0:enable='not(between(t,2,3))'";

    [Test]
    public async Task Its_last_picture_leads_into_its_first_and_picture_and_sound_stay_together()
    {
        var file = await Recording.MakeAsync("turning.mp4", Recording.Of(Picture, Sound, 5));
        var request = Studio.Request(file) with
        {
            Loop = true,
            Cut = new Cut(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(4.5), "") { EndsEarly = true },
        };
        using var encoders = Studio.Encoders();
        var maker = new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths());
        var made = await maker.MakeAsync(request, null, CancellationToken.None);
        var take = new Take(
            request,
            made,
            await Studio.Meter.MeasureAsync(request.Video, Studio.SilenceDb, 0, CancellationToken.None)
        );

        ShortContract.Check(take, new(30, 1), 3.6);
        Assert.That(made.Length.TotalSeconds, Is.EqualTo(3.6).Within(0.001), "0.4 s shorter");
        var first = await Media.Picture.ReadAsync(request.Video);
        var second = await Media.Picture.ReadAsync(request.Video, 1.01 / 30);
        var last = await Media.Picture.ReadAsync(request.Video, 3.6 - 0.04);
        var earlier = await Media.Picture.ReadAsync(request.Video, 3.6 - 0.44);
        Assert.That(
            last.DifferenceTo(first),
            Is.LessThan(1.6 * first.DifferenceTo(second)),
            "as one frame to the next"
        );
        Assert.That(earlier.DifferenceTo(first), Is.GreaterThan(2 * last.DifferenceTo(first)), "unlike before it");
        // The recording's 2 s are the Short's 1.1 s.
        var silences = take.File.Loudness.Silences;
        Assert.That(silences[0].End, Is.EqualTo(1.1).Within(0.06));
        Assert.That(silences[1].Start, Is.EqualTo(2.1).Within(0.06));
        Assert.That((await Media.Picture.ReadAsync(request.Video, 1.15)).LightAt(540, 960), Is.GreaterThan(240));
        Assert.That((await Media.Picture.ReadAsync(request.Video, 1)).LightAt(540, 960), Is.LessThan(240));
    }
}
