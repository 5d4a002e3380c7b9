using System.Globalization;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Processes;

[NonParallelizable] // open files and children of this process are counted
internal sealed class OutputTests : ProcessTestBase
{
    [Test]
    public async Task Arguments_arrive_exactly_as_given()
    {
        string[] arguments = ["", " a  b ", "it's", "\"q\"", "$HOME `x` \\ *", "-rf", "%03d", "ünïcode 🎬", "--"];
        await Runner.RequireAsync(FakeTool.Command(["echo-args", .. arguments]), Collect, CancellationToken.None);
        Assert.That(Output, Is.EqualTo(arguments));
    }

    [TestCase("added", "FAKE_VARIABLE=added")]
    [TestCase(null, "FAKE_VARIABLE is not set")]
    public async Task Environment_is_inherited_with_changes(string? value, string expected)
    {
        Environment.SetEnvironmentVariable("FAKE_VARIABLE", "inherited");
        var command = FakeTool.Command("echo-env", "FAKE_VARIABLE");
        await Runner.RequireAsync(command, Collect, CancellationToken.None);
        Dictionary<string, string?> change = new() { ["FAKE_VARIABLE"] = value };
        await Runner.RequireAsync(command with { Environment = change }, Collect, CancellationToken.None);
        Assert.That(Output, Is.EqualTo(["FAKE_VARIABLE=inherited", expected]));
    }

    [Test]
    public async Task Every_process_carries_the_owners_tag()
    {
        await Runner.RequireAsync(
            FakeTool.Command("echo-env", ProcessRunner.OwnerVariable),
            Collect,
            CancellationToken.None
        );
        Assert.That(Output, Is.EqualTo([$"{ProcessRunner.OwnerVariable}={OwnerTag}"]));
    }

    [Test]
    public async Task A_half_line_is_a_line_when_the_program_ends()
    {
        await Runner.RequireAsync(FakeTool.Command("half-line", "no end"), Collect, CancellationToken.None);
        Assert.That(Output, Is.EqualTo(["no end"]));
    }

    [Test]
    public async Task A_flood_of_lines_arrives_complete()
    {
        var count = 0;
        OutputHandlers handlers = new() { OnOutput = line => count += line.Length == 1023 ? 1 : 0 };
        await Runner.RequireAsync(FakeTool.Command("flood", "lines", "50"), handlers, CancellationToken.None);
        Assert.That(count, Is.EqualTo(50 * 1024));
    }

    [Test]
    public async Task A_flood_without_line_ends_is_cut_to_one_bounded_line()
    {
        await Runner.RequireAsync(FakeTool.Command("flood", "endless", "50"), Collect, CancellationToken.None);
        Assert.That(Output.Select(line => line.Length), Is.EqualTo([OutputPump.LongestLine]));
    }

    [Test]
    public async Task A_flood_on_standard_error_leaves_a_bounded_tail()
    {
        var result = await Runner.RunAsync(
            FakeTool.Command("flood", "stderr", "20"),
            OutputHandlers.None,
            CancellationToken.None
        );
        Assert.That(result.ErrorTail, Has.Count.EqualTo(ProcessRunner.TailLines));
        Assert.That(result.ErrorTail, Has.All.Length.LessThanOrEqualTo(ErrorTail.LongestLine));
    }

    [Test]
    public async Task A_program_may_close_its_streams_and_go_on()
    {
        await Runner.RequireAsync(FakeTool.Command("close-pipes", InFolder("f")), Collect, CancellationToken.None);
        Assert.That(await File.ReadAllTextAsync(InFolder("f")), Is.EqualTo("went on"));
    }

    [Test]
    public async Task A_slow_handler_loses_nothing_of_an_ended_program()
    {
        var count = 0;
        OutputHandlers slow = new()
        {
            OnOutput = _ =>
            {
                if (count++ == 0)
                    new ManualResetEvent(false).WaitOne(TimeSpan.FromSeconds(4.5)); // longer than two pipe graces
            },
        };
        await Runner.RequireAsync(FakeTool.Command("echo-args", "1", "2", "3"), slow, CancellationToken.None);
        Assert.That(count, Is.EqualTo(3));
    }

    [Test]
    public async Task Low_priority_is_nice_10()
    {
        var command = new ProcessCommand("nice", []);
        await Runner.RequireAsync(command with { LowPriority = true }, Collect, CancellationToken.None);
        Assert.That(Output, Is.EqualTo(["10"]));
    }

    [Test]
    public async Task A_finished_run_leaves_no_zombie_and_no_open_file()
    {
        await Runner.RequireAsync(new ProcessCommand("true", []), Collect, CancellationToken.None);
        var before = OpenPipes();
        for (var i = 0; i < 20; i++)
            await Runner.RequireAsync(new ProcessCommand("true", []), Collect, CancellationToken.None);
        Assert.That(await EventuallyAsync(() => OpenPipes() <= before), Is.True, "pipes are left open");
        Assert.That(await EventuallyAsync(() => !OwnZombies().Any()), Is.True, "zombies are left");
    }

    private static int OpenPipes() =>
        Directory
            .GetFiles("/proc/self/fd")
            .Count(file => new FileInfo(file).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);

    private static IEnumerable<string> OwnZombies() =>
        Directory
            .GetDirectories("/proc")
            .Where(folder =>
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && ProcessStat.Read(id) is { State: 'Z' } stat
                && stat.Parent == Environment.ProcessId
            );
}
