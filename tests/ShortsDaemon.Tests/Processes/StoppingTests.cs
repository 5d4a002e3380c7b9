using System.Diagnostics;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Processes;

internal sealed class StoppingTests : ProcessTestBase
{
    private static readonly ProcessLimits ShortGrace = new() { StopGrace = TimeSpan.FromSeconds(0.4) };
    private static readonly ProcessLimits LongGrace = new() { StopGrace = TimeSpan.FromSeconds(30) };

    [Test]
    public void Cancelled_before_the_start_nothing_is_started()
    {
        var command = FakeTool.Command("read-quit", InFolder("f"));
        Assert.That(
            () => Runner.RunAsync(command, Collect, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(Living, Is.Empty);
    }

    [TestCase(StopRequest.Terminate, "SIGTERM")]
    [TestCase(StopRequest.Interrupt, "SIGINT")]
    public async Task The_signal_lets_the_program_finish_its_file(StopRequest stop, string signal)
    {
        var command = FakeTool.Command("finish-on-signal", InFolder("f")) with { Stop = stop, Limits = LongGrace };
        await CancelOnAsync("ready", command);
        Assert.That(await File.ReadAllTextAsync(InFolder("f")), Is.EqualTo(signal));
    }

    [Test]
    public async Task The_quit_key_lets_the_program_finish_its_file()
    {
        var command = FakeTool.Command("read-quit", InFolder("f")) with
        {
            Stop = StopRequest.QuitKey,
            Limits = LongGrace,
        };
        await CancelOnAsync("ready", command);
        Assert.That(await File.ReadAllTextAsync(InFolder("f")), Is.EqualTo("finished"));
    }

    [Test]
    public async Task A_program_that_ignores_the_quit_key_gets_a_signal()
    {
        var command = FakeTool.Command("finish-on-signal", InFolder("f")) with
        {
            Stop = StopRequest.QuitKey,
            Limits = new() { StopGrace = TimeSpan.FromSeconds(3) },
        };
        var start = Stopwatch.GetTimestamp();
        await CancelOnAsync("ready", command);
        Assert.That(await File.ReadAllTextAsync(InFolder("f")), Is.EqualTo("SIGTERM"));
        Assert.That(Stopwatch.GetElapsedTime(start), Is.GreaterThan(TimeSpan.FromSeconds(1.4)));
    }

    [TestCase(StopRequest.Terminate)]
    [TestCase(StopRequest.Interrupt)]
    [TestCase(StopRequest.QuitKey)]
    public async Task A_program_that_ignores_everything_is_killed(StopRequest stop)
    {
        var command = FakeTool.Command("ignore-signals", "60") with { Stop = stop, Limits = ShortGrace };
        await CancelOnAsync("ready", command);
        Assert.That(Output, Has.None.EqualTo("done"));
    }

    [TestCase(StopRequest.QuitKey)]
    [TestCase(StopRequest.Terminate)]
    public async Task A_program_that_closed_its_streams_is_stopped(StopRequest stop)
    {
        using var cancel = new CancellationTokenSource();
        var script = "echo ready; exec <&- >&- 2>&- sleep 60";
        var command = new ProcessCommand("sh", ["-c", script]) { Stop = stop, Limits = ShortGrace };
        var run = Runner.RunAsync(command, Collect, cancel.Token);
        Assert.That(await EventuallyAsync(() => Living.Any(IsSleep)), Is.True);
        await cancel.CancelAsync();
        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
        await AssertAllGoneAsync();

        static bool IsSleep(int id) => File.ReadAllText($"/proc/{id}/comm") == "sleep\n";
    }

    [TestCase("holds")]
    [TestCase("quiet")]
    [TestCase("escapes")]
    public async Task Cancelled_with_a_child_the_child_dies_too(string way)
    {
        await CancelOnAsync("child=", FakeTool.Command("fork-child", "stay", way) with { Limits = ShortGrace });
        Assert.That(await EventuallyAsync(() => !IsAlive(ChildId)), Is.True);
    }

    [Test]
    public async Task Cancelled_at_any_moment_of_the_start_nothing_stays()
    {
        for (var delay = 0; delay < 30; delay += 3)
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(delay));
            var command = new ProcessCommand("sleep", ["60"]) { Limits = ShortGrace };
            Assert.That(
                () => Runner.RunAsync(command, Collect, cancel.Token),
                Throws.InstanceOf<OperationCanceledException>()
            );
        }
        await AssertAllGoneAsync();
    }

    [TestCase("holds")]
    [TestCase("quiet")]
    [TestCase("escapes")]
    public async Task A_child_left_behind_by_an_ended_program_does_not_hold_up_the_run(string way)
    {
        var start = Stopwatch.GetTimestamp();
        var command = FakeTool.Command("fork-child", "leave", way);
        var result = await Runner.RunAsync(command, Collect, CancellationToken.None);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That(await EventuallyAsync(() => !IsAlive(ChildId)), Is.True);
    }

    private async Task CancelOnAsync(string line, ProcessCommand command)
    {
        using var cancel = new CancellationTokenSource();
        var run = Runner.RunAsync(command, On(line, cancel.Cancel), cancel.Token);
        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
        await AssertAllGoneAsync();
    }
}
