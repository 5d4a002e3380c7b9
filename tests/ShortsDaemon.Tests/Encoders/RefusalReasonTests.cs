using NUnit.Framework;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Encoders;

public sealed class RefusalReasonTests
{
    private const string Echo =
        "Error initializing output stream 0:0 -- Error while opening encoder for output stream #0:0";

    [TestCase("[h264_nvenc @ 0x55] Cannot load libcuda.so.1", "No NVIDIA driver is installed (libcuda is missing)")]
    [TestCase(
        "[AVHWDeviceContext @ 0x55] No VA display found for device /dev/dri/renderD128.",
        "No graphics device for VAAPI, or this user may not open it (group render)"
    )]
    [TestCase(
        "[h264_qsv @ 0x55] Error initializing an internal MFX session: unsupported (-3)",
        "No Intel Quick Sync device, or its driver is not installed"
    )]
    [TestCase("Unknown encoder 'h264_amf'", "This ffmpeg was built without it")]
    [TestCase("[h264_v4l2m2m @ 0x55] Could not find a valid device", "No device that offers this encoder was found")]
    [TestCase("[h264_new @ 0x55] [x @ 0x1] The flux is low", "ffmpeg said: The flux is low")]
    public void A_known_error_becomes_a_sentence(string line, string expected) =>
        Assert.That(RefusalReason.From(Failed(line, Echo, "Conversion failed!")), Is.EqualTo(expected));

    [Test]
    public void An_echo_is_better_than_nothing() =>
        Assert.That(RefusalReason.From(Failed("Conversion failed!")), Is.EqualTo("ffmpeg said: Conversion failed!"));

    [Test]
    public void Silence_is_said_too() =>
        Assert.That(RefusalReason.From(Failed("")), Is.EqualTo("ffmpeg ended with exit code 1 and said nothing"));

    private static ProcessResult Failed(params string[] lines) => new(1, lines, TimeSpan.Zero);
}
