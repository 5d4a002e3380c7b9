using System.Globalization;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Processes;

[Platform("Linux")]
internal sealed class OrphanedProcessesTests : ProcessTestBase
{
    [Test]
    public async Task Orphans_are_stopped_and_counted_even_those_that_ignore_signals()
    {
        await OrphanAsync(OwnerTag, "exec sleep 60");
        await OrphanAsync(OwnerTag, "trap '' TERM INT; while :; do sleep 0.1; done");
        var orphans = Living;

        var stopped = await OrphanedProcesses.StopAllAsync(OwnerTag, TimeProvider.System, CancellationToken.None);

        Assert.That(stopped, Is.GreaterThanOrEqualTo(2));
        Assert.That(await EventuallyAsync(() => !orphans.Any(IsAlive)), Is.True);
    }

    [Test]
    public async Task An_orphans_group_goes_with_it_though_it_dropped_the_mark()
    {
        await OrphanAsync(OwnerTag, $"env -i sleep 60 & echo $! > {InFolder("unmarked")}; wait");
        Assert.That(
            await EventuallyAsync(() => new FileInfo(InFolder("unmarked")) is { Exists: true, Length: > 1 }),
            Is.True
        );
        var unmarked = int.Parse(await File.ReadAllTextAsync(InFolder("unmarked")), CultureInfo.InvariantCulture);

        await OrphanedProcesses.StopAllAsync(OwnerTag, TimeProvider.System, CancellationToken.None);

        Assert.That(await EventuallyAsync(() => !IsAlive(unmarked)), Is.True);
    }

    [Test]
    public async Task Another_owners_processes_are_left_alone()
    {
        await OrphanAsync(OwnerTag, "exec sleep 60");
        var stopped = await OrphanedProcesses.StopAllAsync(OwnerTag[..^1], TimeProvider.System, CancellationToken.None);
        Assert.That(stopped, Is.Zero);
        Assert.That(Living, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_callers_own_work_is_left_alone()
    {
        var run = Runner.RunAsync(
            FakeTool.Command("read-quit", InFolder("f")) with
            {
                Stop = StopRequest.QuitKey,
            },
            Collect,
            CancellationToken.None
        );
        Assert.That(await EventuallyAsync(() => Output.Contains("ready")), Is.True);
        var stopped = await OrphanedProcesses.StopAllAsync(OwnerTag, TimeProvider.System, CancellationToken.None);
        Assert.That(stopped, Is.Zero);
        Assert.That(run.IsCompleted, Is.False);
        Signals.Send(Living.Single(), Signals.Kill);
        await run;
    }

    [Test]
    public async Task Without_orphans_there_is_nothing_to_do() =>
        Assert.That(
            await OrphanedProcesses.StopAllAsync(OwnerTag, TimeProvider.System, CancellationToken.None),
            Is.Zero
        );

    /// <summary>Leaves a process whose parent is gone, in a session of its own, as a killed daemon would.</summary>
    private async Task OrphanAsync(string tag, string script)
    {
        var before = Living.Count;
        Dictionary<string, string?> marks = new() { [ProcessRunner.OwnerVariable] = tag, [Launch.RunVariable] = null };
        ProcessCommand launcher = new(
            "sh",
            [
                "-c",
                "setsid sh -c \"echo > $0; $1\" <&- >/dev/null 2>&1 & until [ -e \"$0\" ]; do sleep 0.01; done",
                InFolder($"started{before}"),
                script,
            ]
        )
        {
            Environment = marks,
        };
        await Runner.RequireAsync(launcher, Collect, CancellationToken.None);
        Assert.That(await EventuallyAsync(() => Living.Count > before), Is.True);
    }
}
