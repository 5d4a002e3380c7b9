using NUnit.Framework;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Encoders;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EncoderSelectionTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeFFmpeg _ffmpeg = new("h264_nvenc", "h264_qsv", "libx264");
    private readonly List<EncoderSelection> _opened = [];
    private string[] _prefer = [];
    private string _drivers = "driver 1";
    private string? _program;
    private EncoderSelection _selection;

    public EncoderSelectionTests() => _selection = Open();

    public void Dispose()
    {
        _opened.ForEach(s => s.Dispose());
        _ffmpeg.Dispose();
    }

    [Test]
    public async Task The_first_in_order_that_works_is_chosen()
    {
        _ffmpeg.Refuse("h264_nvenc", "[h264_nvenc @ 0x1] Cannot load libcuda.so.1");

        Assert.That(_selection.Report.Select(e => e.Reason), Is.All.EqualTo("It has not been tried yet"));
        Assert.That(await ChooseAsync(), Is.EqualTo("h264_qsv"));
        Assert.That(
            _selection.Report,
            Is.EqualTo(
                (EncoderState[])
                    [
                        new(
                            "h264_nvenc",
                            true,
                            false,
                            "No NVIDIA driver is installed (libcuda is missing)",
                            null,
                            false
                        ),
                        new("h264_qsv", true, true, "The trial encode succeeded", null, true),
                        new("h264_vaapi", false, false, "This ffmpeg was built without it", null, false),
                        new("h264_amf", false, false, "This ffmpeg was built without it", null, false),
                        new("libx264", true, true, "The trial encode succeeded", null, false),
                    ]
            )
        );
    }

    [Test]
    public async Task The_preference_may_change_while_running()
    {
        Assert.That(await ChooseAsync(), Is.EqualTo("h264_nvenc"));

        _prefer = ["nonsense", "libx264"];

        Assert.That(await ChooseAsync(), Is.EqualTo("libx264"));
        Assert.That(_selection.Report[0], Has.Property("Name").EqualTo("libx264").And.Property("Chosen").True);
        Assert.That(_selection.Problems, Has.One.Contains("'nonsense'"));
        Assert.That(_ffmpeg.Trials, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Many_choices_at_once_share_one_round_of_at_most_two_trials()
    {
        _ffmpeg.Slow();

        var chosen = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(ChooseAsync)));

        Assert.That(chosen, Is.All.EqualTo("h264_nvenc"));
        Assert.That(_ffmpeg.Trials, Is.EqualTo(["h264_nvenc", "h264_qsv", "libx264"]));
        Assert.That(MostAtOnce(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_cancelled_round_is_made_good_by_the_next_choice()
    {
        _ffmpeg.Slow();
        using var cancel = new CancellationTokenSource();
        var first = _selection.ChooseAsync(cancel.Token);
        await cancel.CancelAsync();

        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await ChooseAsync(), Is.EqualTo("h264_nvenc"));
    }

    [Test]
    public async Task Results_outlive_a_restart()
    {
        await ChooseAsync();
        _ffmpeg.ForgetCalls();

        _selection = Open();

        Assert.That(await ChooseAsync(), Is.EqualTo("h264_nvenc"));
        Assert.That(_ffmpeg.Calls, Is.EqualTo(["version"]));
    }

    [Test]
    public async Task Another_version_of_ffmpeg_is_tried_anew()
    {
        await ChooseAsync();
        _ffmpeg.Refuse(
            "h264_nvenc",
            "Driver does not support the required nvenc API version. Required: 12.0 Found: 11.1"
        );

        _ffmpeg.Replace("2.0");

        Assert.That(await ChooseAsync(), Is.EqualTo("h264_qsv"));
        Assert.That(_selection.Report[0].Reason, Is.EqualTo("The NVIDIA driver is too old for this ffmpeg"));
    }

    [Test]
    public async Task Another_driver_or_another_ffmpeg_is_tried_anew()
    {
        await ChooseAsync();
        _drivers = "driver 2";
        await ChooseAsync();
        Assert.That(_ffmpeg.Trials, Has.Count.EqualTo(6));

        using var other = new FakeFFmpeg("libx264");
        _program = other.Program;

        Assert.That(await ChooseAsync(), Is.EqualTo("libx264"));
    }

    [TestCase("")]
    [TestCase("{ \"Key\": {")]
    [TestCase("null")]
    [TestCase("{ \"Key\": null, \"Standings\": { \"libx264\": null } }")]
    public async Task A_damaged_cache_is_tried_anew_and_overwritten(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_ffmpeg.CacheFile)!);
        await File.WriteAllTextAsync(_ffmpeg.CacheFile, content);

        Assert.That(await ChooseAsync(), Is.EqualTo("h264_nvenc"));
        Assert.That(await File.ReadAllTextAsync(_ffmpeg.CacheFile), Does.Contain("driver 1"));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(_ffmpeg.CacheFile)!), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_cache_that_cannot_be_written_is_reported_and_does_no_harm()
    {
        Directory.CreateDirectory(_ffmpeg.CacheFile);

        Assert.That(await ChooseAsync(), Is.EqualTo("h264_nvenc"));
        Assert.That(await ChooseAsync(), Is.EqualTo("h264_nvenc"));
        Assert.That(_ffmpeg.Trials, Has.Count.EqualTo(3));
        Assert.That(_selection.Problems, Has.One.Contains(_ffmpeg.CacheFile));
    }

    [Test]
    public async Task A_refused_encoder_is_tried_again_after_a_day()
    {
        _ffmpeg.Refuse("h264_nvenc", "Cannot load libcuda.so.1");
        await ChooseAsync();
        _ffmpeg.Accept("h264_nvenc");
        _ffmpeg.ForgetCalls();

        _clock.Advance(23.9 * Hour);
        Assert.That(await ChooseAsync(), Is.EqualTo("h264_qsv"));
        Assert.That(_ffmpeg.Trials, Is.Empty);

        _clock.Advance(0.2 * Hour);
        Assert.That(await ChooseAsync(), Is.EqualTo("h264_nvenc"));
        Assert.That(_ffmpeg.Trials, Is.EqualTo(["h264_nvenc"]));
    }

    [Test]
    public async Task A_demoted_encoder_comes_back_through_a_new_trial()
    {
        await ChooseAsync();
        _ffmpeg.ForgetCalls();

        Assert.That(_selection.Demote("h264_nvenc", "device lost", Hour), Is.True);

        Assert.That(await ChooseAsync(), Is.EqualTo("h264_qsv"));
        var until = _clock.GetUtcNow() + Hour;
        Assert.That(
            _selection.Report[0],
            Is.EqualTo(
                new EncoderState("h264_nvenc", true, false, "It failed in production: device lost", until, false)
            )
        );
        _clock.Advance(0.99 * Hour);
        Assert.That(await ChooseAsync(), Is.EqualTo("h264_qsv"));
        Assert.That(_ffmpeg.Trials, Is.Empty);
        _clock.Advance(0.01 * Hour);
        Assert.That(await ChooseAsync(), Is.EqualTo("h264_nvenc"));
        Assert.That(_ffmpeg.Trials, Is.EqualTo(["h264_nvenc"]));
        Assert.That(_selection.Report[0].DemotedUntil, Is.Null);
    }

    [Test]
    public async Task A_demoted_encoder_that_fails_its_new_trial_stays_out()
    {
        await ChooseAsync();
        _selection.Demote("h264_nvenc", "device lost", Hour);
        _ffmpeg.Refuse("h264_nvenc", "CUDA_ERROR_NO_DEVICE");

        _clock.Advance(Hour);

        Assert.That(await ChooseAsync(), Is.EqualTo("h264_qsv"));
        Assert.That(_selection.Report[0].Reason, Is.EqualTo("No NVIDIA card was found"));
    }

    [Test]
    public async Task A_demotion_outlives_a_restart_and_a_shorter_one()
    {
        await ChooseAsync();
        _selection.Demote("h264_nvenc", "device lost", 2 * Hour);
        _selection.Demote("h264_nvenc", "device lost again", Hour);

        _selection = Open();

        _clock.Advance(1.5 * Hour);
        Assert.That(await ChooseAsync(), Is.EqualTo("h264_qsv"));
    }

    [Test]
    public async Task A_demotion_does_not_last_for_ever_when_the_clock_was_wrong()
    {
        _clock.JumpWallClock(TimeSpan.FromDays(3650));
        await ChooseAsync();
        _selection.Demote("h264_nvenc", "device lost", Hour);

        _clock.JumpWallClock(TimeSpan.FromDays(-3650));

        Assert.That(await ChooseAsync(), Is.EqualTo("h264_nvenc"));
    }

    [Test]
    public async Task The_last_resort_is_never_demoted()
    {
        _prefer = ["libx264"];
        await ChooseAsync();

        Assert.That(_selection.Demote("libx264", "crashed", Hour), Is.False);

        Assert.That(await ChooseAsync(), Is.EqualTo("libx264"));
        Assert.That(() => _selection.Demote("h264_omx", "crashed", Hour), Throws.ArgumentException);
    }

    [Test]
    public async Task Without_any_encoder_the_exception_tells_why_and_libx264_is_soon_tried_again()
    {
        foreach (var name in (string[])["h264_nvenc", "h264_qsv", "libx264"])
            _ffmpeg.Refuse(name, $"{name} is out of order");

        Assert.That(
            ChooseAsync,
            Throws
                .TypeOf<NoEncoderException>()
                .With.Message.Contains("libx264: ffmpeg said: libx264 is out of order")
                .And.Property("Report")
                .Count.EqualTo(5)
        );
        await _selection.TryDueAsync(CancellationToken.None);
        _ffmpeg.Accept("libx264");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await ChooseAsync(), Is.EqualTo("libx264"));
    }

    [Test]
    public void A_missing_ffmpeg_or_something_else_is_said_plainly()
    {
        _ffmpeg.SetVersionOutput("garbage\n");
        Assert.That(
            ChooseAsync,
            Throws.TypeOf<ProcessFailedException>().With.Message.Contains("is not ffmpeg: -version said 'garbage'")
        );

        _program = "/nowhere/ffmpeg";
        Assert.That(ChooseAsync, Throws.TypeOf<ToolMissingException>());
    }

    private async Task<string> ChooseAsync() => (await _selection.ChooseAsync(CancellationToken.None)).Name;

    private EncoderSelection Open()
    {
        var selection = new EncoderSelection(
            new ProcessRunner(TimeProvider.System, "test"),
            PlatformEncoders.InOrder(onMac: false),
            () => new(_program ?? _ffmpeg.Program, _prefer),
            _ffmpeg.CacheFile,
            _clock
        )
        {
            ReadDrivers = () => _drivers,
        };
        _opened.Add(selection);
        return selection;
    }

    private int MostAtOnce()
    {
        var (running, most) = (0, 0);
        foreach (var call in _ffmpeg.Calls)
        {
            running +=
                call.StartsWith("begin ", StringComparison.Ordinal) ? 1
                : call.StartsWith("end ", StringComparison.Ordinal) ? -1
                : 0;
            most = Math.Max(most, running);
        }
        return most;
    }
}
