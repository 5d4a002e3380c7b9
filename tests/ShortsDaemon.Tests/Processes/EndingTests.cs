using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Processes;

internal sealed class EndingTests : ProcessTestBase
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(127)]
    [TestCase(255)]
    public async Task Exit_codes_are_returned_as_they_are(int code)
    {
        var command = FakeTool.Command("exit", $"{code}");
        var result = await Runner.RunAsync(command, OutputHandlers.None, CancellationToken.None);
        Assert.That((result.ExitCode, result.Succeeded), Is.EqualTo((code, code == 0)));
    }

    [TestCase(6)]
    [TestCase(9)]
    [TestCase(15)]
    public void Death_by_a_signal_is_128_and_more_and_named(int signal)
    {
        var command = FakeTool.Command("kill-self", $"{signal}");
        var failure = Failure<ProcessFailedException>(command);
        Assert.That(failure.Result!.ExitCode, Is.EqualTo(128 + signal));
        Assert.That(failure.Message, Does.Contain($"killed by signal {signal}"));
    }

    [Test]
    public void A_failure_tells_the_last_words()
    {
        var command = FakeTool.Command("exit", "3", "first\n\n\u001b[31mdisk on fire\u001b[0m");
        var failure = Failure<ProcessFailedException>(command);
        Assert.That(
            failure.Message,
            Is.EqualTo("ShortsDaemon.FakeTool ended with exit code 3: first | [31mdisk on fire[0m")
        );
    }

    [Test]
    public void The_message_stays_short_whatever_the_program_says()
    {
        var command = FakeTool.Command("exit", "1", new string('x', 60_000));
        var failure = Failure<ProcessFailedException>(command);
        Assert.That(failure.Message, Has.Length.InRange(300, 400));
    }

    [Test]
    public void A_silent_failure_says_so() =>
        Assert.That(
            Failure<ProcessFailedException>(FakeTool.Command("exit", "2")).Message,
            Is.EqualTo("ShortsDaemon.FakeTool ended with exit code 2 and said nothing")
        );

    [Test]
    public void A_missing_program_names_the_mend() =>
        Assert.That(
            Failure<ToolMissingException>(new("no-such-tool", [])).Message,
            Does.Contain("no-such-tool").And.Contain("install it")
        );

    [Test]
    public async Task A_program_without_the_executable_bit_names_the_mend()
    {
        await File.WriteAllTextAsync(InFolder("tool"), "#!/bin/sh\n");
        Assert.That(Failure<ToolMissingException>(new(InFolder("tool"), [])).Message, Does.Contain("chmod +x"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_program_the_system_cannot_execute_is_a_missing_tool(bool lowPriority)
    {
        await File.WriteAllTextAsync(InFolder("tool"), "#!/no/such/interpreter\n");
        File.SetUnixFileMode(InFolder("tool"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var command = new ProcessCommand(InFolder("tool"), []) { LowPriority = lowPriority };
        Assert.That(
            Failure<ToolMissingException>(command).Message,
            Does.EndWith("could not be started: No such file or directory")
        );
    }

    [Test]
    public void A_missing_working_folder_is_no_missing_tool()
    {
        var command = FakeTool.Command("exit", "0") with { WorkingDirectory = InFolder("nowhere") };
        var failure = Failure<ProcessFailedException>(command);
        Assert.That(failure.Message, Does.Contain("nowhere"));
    }

    [Test]
    public async Task The_program_starts_in_its_working_folder()
    {
        var command = new ProcessCommand("pwd", []) { WorkingDirectory = Folder };
        await Runner.RequireAsync(command, Collect, CancellationToken.None);
        Assert.That(Output, Is.EqualTo([Folder]));
    }

    private T Failure<T>(ProcessCommand command)
        where T : Exception =>
        Assert.ThrowsAsync<T>(() => Runner.RequireAsync(command, OutputHandlers.None, CancellationToken.None))!;
}
