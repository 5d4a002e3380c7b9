using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Processes;

internal sealed class LimitTests : ProcessTestBase
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.4);

    [Test]
    public async Task The_time_limit_stops_the_whole_tree()
    {
        var limits = new ProcessLimits { Time = TimeSpan.FromSeconds(1), StopGrace = Grace };
        var command = FakeTool.Command("fork-child", "stay") with { Limits = limits };
        var failure = Assert.ThrowsAsync<ProcessTimeoutException>(() => RunAsync(command, Collect));
        Assert.That(failure!.Message, Does.Contain("ran longer than its limit of 1 s"));
        await AssertAllGoneAsync();
    }

    [Test]
    public async Task The_stall_limit_counts_from_the_last_progress()
    {
        var limits = new ProcessLimits { Stall = TimeSpan.FromSeconds(2), StopGrace = Grace };
        var command = FakeTool.Command("progress", "10", "300") with { Limits = limits };
        var failure = Assert.ThrowsAsync<ProcessTimeoutException>(() => RunAsync(command, Collect));
        Assert.That(failure!.Message, Does.Contain("made no progress for 2 s"));
        Assert.That(Output, Has.Count.EqualTo(10), "3 s of progress are longer than the limit, and still no stall");
        await AssertAllGoneAsync();
    }

    [Test]
    public async Task Lines_that_are_no_progress_do_not_count()
    {
        var limits = new ProcessLimits { Stall = TimeSpan.FromSeconds(1), StopGrace = Grace };
        var command = FakeTool.Command("progress", "10000") with { Limits = limits };
        var handlers = Collect with { IsProgress = _ => false };
        Assert.ThrowsAsync<ProcessTimeoutException>(() => RunAsync(command, handlers));
        await AssertAllGoneAsync();
    }

    [Test]
    public void A_flood_is_stopped_by_the_time_limit()
    {
        var limits = new ProcessLimits { Time = TimeSpan.FromSeconds(1), StopGrace = Grace };
        var command = new ProcessCommand("yes", []) { Limits = limits };
        Assert.ThrowsAsync<ProcessTimeoutException>(() => RunAsync(command, OutputHandlers.None));
        Assert.That(Living, Is.Empty);
    }

    [Test]
    public void A_handler_that_hangs_does_not_hold_up_the_stop()
    {
        using var never = new ManualResetEventSlim();
        var limits = new ProcessLimits { Time = TimeSpan.FromSeconds(1), StopGrace = Grace };
        var command = FakeTool.Command("sleep", "0") with { Limits = limits };
        var handlers = new OutputHandlers { OnOutput = _ => never.Wait(CancellationToken.None) };
        Assert.ThrowsAsync<ProcessTimeoutException>(() => RunAsync(command, handlers));
        never.Set();
    }

    [Test]
    public async Task Without_limits_a_program_runs_to_its_end()
    {
        var limits = new ProcessLimits { Time = Timeout.InfiniteTimeSpan };
        var command = FakeTool.Command("sleep", "0.2") with { Limits = limits };
        var result = await Runner.RequireAsync(command, Collect, CancellationToken.None);
        Assert.That(Output, Is.EqualTo(["ready", "done"]));
        Assert.That(result.RunTime, Is.GreaterThan(TimeSpan.FromSeconds(0.2)));
    }

    private Task<ProcessResult> RunAsync(ProcessCommand command, OutputHandlers handlers) =>
        Runner.RunAsync(command, handlers, CancellationToken.None);
}
