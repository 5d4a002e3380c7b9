using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Commands;

public sealed class FFmpegErrorsTests
{
    private static readonly ProcessCommand Command = new(
        "/usr/bin/ffmpeg",
        ["-y", "-i", "file:/in/a.mp4", "file:/out/b.mp4"]
    );

    private static Exception Explain(VideoEncoder? encoder, params string[] words) =>
        FFmpegErrors.Explain(Command, ProcessFailedException.ForExit(Command, new(1, words, TimeSpan.Zero)), encoder);

    [TestCase("av_interleaved_write_frame(): No space left on device")]
    [TestCase("Error writing trailer of file:/out/b.mp4: No space left on device")]
    [TestCase("file:/out/b.mp4: Disk quota exceeded")]
    public void A_full_disk_whoever_encodes(string words)
    {
        Assert.That(Explain(new X264(), words, "Conversion failed!"), Is.TypeOf<DiskFullException>());
        Assert.That(Explain(new Nvenc(), words, "Conversion failed!"), Is.TypeOf<DiskFullException>());
    }

    [Test]
    public void A_name_that_speaks_of_a_full_disk_is_only_a_name() =>
        Assert.That(
            Explain(new X264(), "file:/No space left on device.mp4: strange"),
            Is.TypeOf<ProcessFailedException>()
        );

    [TestCase("Error while decoding stream #0:0: Invalid data found when processing input")]
    [TestCase("Stream map '0:9' matches no streams.")]
    [TestCase("Decoder (codec av1) not found for input stream #0:0")]
    public void The_inputs_fault(string words) =>
        Assert.That(Explain(new X264(), words), Is.TypeOf<RefusedMediaException>());

    [TestCase("Failed to inject frame into filter network: Cannot allocate memory")]
    [TestCase("x264 [error]: malloc of size 16386 failed")]
    [TestCase("Error while opening decoder for input stream #0:0 : Resource temporarily unavailable")]
    public void Without_memory_even_a_good_input_cannot_be_decoded(string words) =>
        Assert.That(
            Explain(new X264(), "[h264 @ 0x5] Error splitting the input into NAL units.", words, "Conversion failed!"),
            Is.TypeOf<ProcessFailedException>()
        );

    [TestCase("Error while decoding stream #0:0: Invalid data found when processing input")]
    [TestCase("OpenEncodeSessionEx failed: out of memory (10)")]
    public void With_hardware_another_encoder_is_asked_first(string words) =>
        Assert.That(
            Explain(new Nvenc(), words),
            Is.TypeOf<HardwareEncoderException>().With.Property("Encoder").EqualTo("h264_nvenc")
        );

    [TestCase("file:/in/a.mp4: Invalid data found when processing input")]
    [TestCase("[in#0 @ 0x5] Error opening input: Invalid data found when processing input")]
    public void What_cannot_be_opened_is_no_encoders_fault(string words) =>
        Assert.That(Explain(new Nvenc(), words), Is.TypeOf<RefusedMediaException>());

    [TestCase("file:/in/a.mp4: No such file or directory")]
    [TestCase("[in#0 @ 0x5] Error opening input: No such file or directory")]
    public void A_recording_that_went_away(string words) =>
        Assert.That(Explain(new Nvenc(), words), Is.TypeOf<FileNotFoundException>());

    [TestCase("file:/in/a.mp4: Permission denied")]
    public void A_recording_that_may_not_be_read(string words) =>
        Assert.That(Explain(new Nvenc(), words), Is.TypeOf<ProcessFailedException>());

    [Test]
    public void An_output_that_cannot_be_written_is_not_the_inputs_fault() =>
        Assert.That(
            Explain(new X264(), "file:/out/b.mp4: No such file or directory"),
            Is.TypeOf<ProcessFailedException>()
        );

    [Test]
    public void A_time_out_says_nothing_about_the_input()
    {
        var timeout = new ProcessTimeoutException("slow", new(255, ["Invalid NAL unit"], TimeSpan.Zero));

        Assert.That(FFmpegErrors.Explain(Command, timeout, new X264()), Is.SameAs(timeout));
        Assert.That(FFmpegErrors.Explain(Command, timeout, new Nvenc()), Is.TypeOf<HardwareEncoderException>());
    }

    [Test]
    public void A_missing_tool_stays_a_missing_tool()
    {
        var missing = new ToolMissingException("gone");

        Assert.That(FFmpegErrors.Explain(Command, missing, new Nvenc()), Is.SameAs(missing));
    }

    [Test]
    public void An_output_without_its_end_is_a_failure_whatever_the_exit_code()
    {
        ProcessResult Ended(string words) => new(0, [words], TimeSpan.Zero);

        Assert.That(FFmpegErrors.UnfinishedOutput(Command, Ended("deprecated pixel format used")), Is.Null);
        Assert.That(
            FFmpegErrors.UnfinishedOutput(Command, Ended("Error writing trailer of x: Input/output error")),
            Is.Not.Null
        );
        Assert.That(
            FFmpegErrors.UnfinishedOutput(Command, Ended("Error closing file x: No space left on device")),
            Is.Not.Null
        );
    }
}
