using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Processes;

internal sealed class HandlerFailureTests : ProcessTestBase
{
    private static readonly InvalidDataException Failure = new("cannot read that");

    [Test]
    public async Task A_throwing_output_handler_stops_the_tree_and_comes_out()
    {
        var command = FakeTool.Command("fork-child", "stay", "holds");
        await AssertComesOutAsync(command, new() { OnOutput = Throw });
    }

    [Test]
    public async Task A_throwing_error_handler_stops_the_tree_and_comes_out() =>
        await AssertComesOutAsync(new("sh", ["-c", "echo x >&2; sleep 60"]), new() { OnError = Throw });

    [Test]
    public async Task A_throwing_progress_test_stops_the_tree_and_comes_out() =>
        await AssertComesOutAsync(FakeTool.Command("sleep", "60"), new() { IsProgress = _ => throw Failure });

    [Test]
    public async Task A_handler_that_throws_on_the_very_last_line_is_heard() =>
        await AssertComesOutAsync(FakeTool.Command("half-line", "x"), new() { OnOutput = Throw });

    [Test]
    public async Task The_program_may_still_finish_its_work_while_it_floods()
    {
        var script =
            $"trap 'seq 200000; echo finished > {InFolder("f")}; exit' TERM; echo x; while :; do sleep 0.05; done";
        await AssertComesOutAsync(
            new("sh", ["-c", script]) { Limits = new() { StopGrace = TimeSpan.FromSeconds(30) } },
            new() { OnOutput = Throw }
        );
        Assert.That(InFolder("f"), Does.Exist);
    }

    [Test]
    public async Task Cancelled_first_the_cancellation_counts()
    {
        using var cancel = new CancellationTokenSource();
        var run = Runner.RunAsync(
            FakeTool.Command("sleep", "60"),
            new()
            {
                OnOutput = _ =>
                {
                    cancel.Cancel();
                    throw Failure;
                },
            },
            cancel.Token
        );
        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
        await AssertAllGoneAsync();
    }

    private static void Throw(string line) => throw Failure;

    private async Task AssertComesOutAsync(ProcessCommand command, OutputHandlers handlers)
    {
        Assert.That(() => Runner.RunAsync(command, handlers, CancellationToken.None), Throws.Exception.SameAs(Failure));
        await AssertAllGoneAsync();
    }
}
