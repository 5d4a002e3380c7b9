using NUnit.Framework;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>What every Short must be, whatever it was made of.</summary>
internal static class ShortContract
{
    private static readonly Colour Bt709 = new("bt709", "bt709", "bt709", "tv");

    /// <param name="take">The Short.</param>
    /// <param name="rate">Expected frame rate.</param>
    /// <param name="seconds">Expected length, ±0.1 s.</param>
    public static void Check(Take take, FrameRate rate, double seconds)
    {
        var info = take.File.Info;
        using (Assert.EnterMultipleScope())
        {
            CheckPicture(info.Picture, rate);
            Assert.That(info.VideoStreams, Is.EqualTo(1));
            Assert.That(info.AudioStreams, Is.EqualTo(1));
            Assert.That(info.Sound, Has.Property("Codec").EqualTo("aac").And.Property("SampleRate").EqualTo(48000));
            Assert.That(info.Sound, Has.Property("Channels").EqualTo(2));
            Assert.That(info.Duration.TotalSeconds, Is.EqualTo(seconds).Within(0.1), "length");
            var apart = (info.Sound!.Duration - info.Picture!.Duration)!.Value.TotalSeconds;
            Assert.That(apart, Is.EqualTo(0).Within(0.1), "sound − picture in s");
            Assert.That(take.File.IsFastStart, Is.True, "faststart");
            Assert.That(take.File.DecodeErrors, Is.Empty);
            Assert.That(take.Made.Rate, Is.EqualTo(rate));
            Assert.That(take.File.Loudness.TruePeak, Is.AtMost(-1), "true peak");
        }
    }

    public static void CheckLoudness(Take take) =>
        Assert.That(take.File.Loudness.Integrated, Is.EqualTo(-14).Within(1), "integrated loudness in LUFS");

    private static void CheckPicture(VideoStream? picture, FrameRate rate)
    {
        Assert.That(picture, Has.Property("Width").EqualTo(1080).And.Property("Height").EqualTo(1920));
        Assert.That(picture, Has.Property("Codec").EqualTo("h264").And.Property("PixelFormat").EqualTo("yuv420p"));
        Assert.That(picture!.SampleAspect, Is.EqualTo(1));
        Assert.That(picture.Rotation, Is.Zero);
        Assert.That(picture.Rate, Is.EqualTo(rate));
        Assert.That(picture.IsVariableRate, Is.False, "constant rate");
        Assert.That(picture.Colour, Is.EqualTo(Bt709));
    }
}
