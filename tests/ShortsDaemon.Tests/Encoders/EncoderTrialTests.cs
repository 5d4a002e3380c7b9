using NUnit.Framework;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Encoders;

public sealed class EncoderTrialTests
{
    private readonly FakeFFmpeg _ffmpeg = new("libx264");

    [OneTimeTearDown]
    public void RemoveFake() => _ffmpeg.Dispose();

    [SetUp]
    public void Reset()
    {
        _ffmpeg.SetFrames(EncoderTrial.Frames);
        _ffmpeg.ForgetCalls();
    }

    [Test]
    public async Task All_frames_and_a_stream_header_prove_the_encoder()
    {
        var result = await RunAsync();

        Assert.That(result, Is.EqualTo(new TrialResult("libx264", true, true, "The trial encode succeeded")));
    }

    [Test]
    public async Task Exit_code_zero_with_too_few_frames_proves_nothing()
    {
        _ffmpeg.SetFrames(3);

        var result = await RunAsync();

        Assert.That(result.Works, Is.False);
        Assert.That(result.Reason, Is.EqualTo("The trial encode gave 3 of 12 frames"));
    }

    [Test]
    public async Task Frames_without_a_stream_header_prove_nothing()
    {
        _ffmpeg.SetFrames(EncoderTrial.Frames, header: false);

        var result = await RunAsync();

        Assert.That(result.Works, Is.False);
        Assert.That(result.Reason, Does.Contain("no stream header"));
    }

    [Test]
    public async Task A_hanging_trial_is_refused_at_its_limit()
    {
        using var hanging = new FakeFFmpeg("libx264");
        hanging.Hang();

        var result = await RunAsync(ffmpeg: hanging);

        Assert.That(result.Works, Is.False);
        Assert.That(result.Reason, Is.EqualTo("The trial encode did not finish within 0.5 s"));
    }

    [Test]
    public async Task An_encoder_that_is_not_listed_is_not_even_tried()
    {
        var result = await RunAsync(listed: false);

        Assert.That(result, Is.EqualTo(new TrialResult("libx264", false, false, "This ffmpeg was built without it")));
        Assert.That(_ffmpeg.Trials, Is.Empty);
    }

    private Task<TrialResult> RunAsync(bool listed = true, FakeFFmpeg? ffmpeg = null)
    {
        var limit = ffmpeg is null ? TimeSpan.FromSeconds(20) : TimeSpan.FromSeconds(0.5);
        var trial = new EncoderTrial(new ProcessRunner(TimeProvider.System, "test")) { TimeLimit = limit };
        return trial.RunAsync((ffmpeg ?? _ffmpeg).Program, new X264(), listed, CancellationToken.None);
    }
}
