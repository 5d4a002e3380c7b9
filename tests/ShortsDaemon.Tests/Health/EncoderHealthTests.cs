using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Tests.Encoders;

namespace ShortsDaemon.Tests.Health;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EncoderHealthTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeFFmpeg _ffmpeg = new("h264_nvenc", "libx264");
    private readonly FakeFFmpeg _ffprobe = new();
    private readonly ProcessRunner _processes = new(TimeProvider.System, "test");
    private readonly EncoderSelection _encoders;
    private readonly ToolVersions _versions;
    private string? _program;

    public EncoderHealthTests()
    {
        _ffprobe.SetVersionOutput("ffprobe version 7.1.1 Copyright (c)\n");
        _ffmpeg.SetVersion("7.1.1-static");
        _versions = new ToolVersions(_processes, _clock);
        _encoders = new EncoderSelection(
            _processes,
            PlatformEncoders.InOrder(onMac: false),
            () => new EncoderPreference(_program ?? _ffmpeg.Program, []),
            _ffmpeg.CacheFile,
            _clock
        )
        {
            ReadDrivers = () => "driver",
        };
    }

    public void Dispose()
    {
        _encoders.Dispose();
        _ffmpeg.Dispose();
        _ffprobe.Dispose();
    }

    [Test]
    public async Task Before_the_first_trial_nothing_can_be_made()
    {
        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Does.StartWith("The encoders have not been tried yet"));
        Assert.That(_ffmpeg.Trials, Is.Empty);
    }

    [Test]
    public async Task A_working_encoder_is_healthy_and_asking_starts_no_program_again()
    {
        await _encoders.ChooseAsync(CancellationToken.None);
        await AskAsync();
        _ffmpeg.ForgetCalls();

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(health.Description, Is.EqualTo("Shorts are encoded by h264_nvenc"));
        Assert.That(health.Data["encoder"], Is.EqualTo("h264_nvenc"));
        Assert.That(health.Data["ffmpegVersion"], Is.EqualTo("7.1.1-static"));
        Assert.That(health.Data["ffprobeVersion"], Is.EqualTo("7.1.1"));
        Assert.That(_ffmpeg.Calls, Is.Empty);
    }

    [Test]
    public async Task A_demoted_encoder_is_degraded_and_the_next_one_is_named()
    {
        await _encoders.ChooseAsync(CancellationToken.None);
        _encoders.Demote("h264_nvenc", "the session limit is reached", TimeSpan.FromHours(1));

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(
            health.Description,
            Does.StartWith("h264_nvenc is left out until 2026-01-15 13:00:00 UTC, then tried again")
                .And.Contains("the session limit is reached")
                .And.EndsWith("Shorts are encoded by libx264 meanwhile.")
        );
    }

    [Test]
    public async Task No_encoder_that_works_is_unhealthy_with_every_reason()
    {
        _ffmpeg.Refuse("h264_nvenc", "Cannot load libcuda.so.1");
        _ffmpeg.Refuse("libx264", "broken");
        await _encoders.TryDueAsync(CancellationToken.None);

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Does.Contain("h264_nvenc: No NVIDIA driver").And.Contains("libx264: "));
    }

    [Test]
    public async Task A_tool_that_is_missing_or_something_else_is_unhealthy_with_the_mend()
    {
        await _encoders.ChooseAsync(CancellationToken.None);
        _ffprobe.SetVersionOutput("garbage\n");
        _program = "/nowhere/ffmpeg";

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Does.Contain("'/nowhere/ffmpeg' was not found: install it"));
        Assert.That(health.Description, Does.Contain($"'{_ffprobe.Program}' is not ffprobe"));
    }

    [Test]
    public async Task A_mended_tool_is_asked_again_after_a_while()
    {
        await _encoders.ChooseAsync(CancellationToken.None);
        _ffprobe.SetVersionOutput("garbage\n");
        await AskAsync();
        _ffprobe.SetVersionOutput("ffprobe version 8.0 Copyright (c)\n");
        Assert.That((await AskAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy));

        _clock.Advance(ToolVersions.AskAgain);

        Assert.That((await AskAsync()).Data["ffprobeVersion"], Is.EqualTo("8.0"));
    }

    private Task<HealthCheckResult> AskAsync() =>
        HealthSandbox.AskAsync(
            new EncoderHealth(() => new ToolPaths(_program ?? _ffmpeg.Program, _ffprobe.Program), _versions, _encoders)
        );
}
