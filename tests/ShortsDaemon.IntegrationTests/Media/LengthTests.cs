using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>The picture does not always last as long as the recording says.</summary>
public sealed class LengthTests
{
    [Test]
    public async Task Sound_follows_the_picture_which_is_encoded_once()
    {
        var source = await Recording.MakeAsync(
            "short-picture.mp4",
            $"-f lavfi -t 2.5 -i testsrc2=s=320x180:r=30 -f lavfi -t 3 -i {Recording.Tone} -c:a aac -c:v libx264 -preset ultrafast -pix_fmt yuv420p"
        );
        var (tool, calls) = Logging();
        var request = Studio.Request(source);
        using var encoders = Studio.Encoders();
        var maker = new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths(FFmpeg: tool));

        var made = await maker.MakeAsync(request, null, CancellationToken.None);

        var file = await Studio.Meter.MeasureAsync(request.Video, Studio.SilenceDb, 0, CancellationToken.None);
        ShortContract.Check(new(request, made, file), new(30, 1), 2.5);
        var log = await File.ReadAllLinesAsync(calls);
        Assert.That(log.Count(call => call.Contains("libx264", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(
            Directory.GetFiles(Path.GetDirectoryName(request.Video)!),
            Has.Length.EqualTo(3),
            "nothing is left"
        );
    }

    private static (string Tool, string Calls) Logging()
    {
        var folder = Studio.NewFolder();
        var (tool, calls) = (Path.Combine(folder, "tool"), Path.Combine(folder, "calls"));
        File.WriteAllText(tool, $"#!/bin/sh\necho \"$@\" >> '{calls}'\nexec ffmpeg \"$@\"\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return (tool, calls);
    }
}
