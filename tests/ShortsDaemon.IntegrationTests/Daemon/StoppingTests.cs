using System.Diagnostics;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>Asked to stop it ends cleanly at any moment, and what it left undone goes on at the next start.</summary>
public sealed class StoppingTests : DaemonTests
{
    private static readonly string[] Moments =
    [
        "ShortsDaemon works in",
        "Shorts are encoded by",
        "Found 'long'",
        "Download of 'long'",
        "Render of 'long'",
        "Gate of 'long'",
        "Published 'long'",
    ];

    [Test]
    public async Task Stopped_at_any_stage_it_ends_with_0_and_goes_on_later()
    {
        await Sandbox.LayAsync(Path.Combine(Box.Inbox, "long.mp4"), await Recordings.LongAsync(1));
        await StopAsync(daemon => StartsUpAsync());
        foreach (var moment in Moments)
        {
            if (moment == "Render of 'long'")
                await StopAsync(daemon => Box.EncodesAsync());
            await StopAsync(daemon => daemon.SaysAsync(moment, 60));
        }

        var last = await Box.StartedAsync();
        var item = (await Box.EndedAsync(1)).Single();
        Assert.That(await last.StopAsync(), Is.Zero);

        Assert.That(item.State, Is.EqualTo(ItemState.Published), Box.Story());
        Assert.That(Box.Shorts(), Has.Length.EqualTo(1));
        Box.AssertTidy();
    }

    [Test]
    public async Task A_service_manager_that_signals_ffmpeg_too_costs_no_recording()
    {
        await Sandbox.LayAsync(Path.Combine(Box.Inbox, "long.mp4"), await Recordings.LongAsync(1));
        var daemon = await Box.StartedAsync();
        await Box.EncodesAsync();

        foreach (var tool in Box.Tools())
            Signals.Send(tool, Signals.Terminate);
        Assert.That(await daemon.StopAsync(), Is.Zero);
        await Box.StartedAsync();

        Assert.That((await Box.EndedAsync(1)).Single().State, Is.EqualTo(ItemState.Published), Box.Story());
    }

    [Test]
    public async Task What_a_killed_daemon_left_running_is_stopped_at_the_next_start()
    {
        var stubborn = "case \"$*\" in *-progress*) trap '' TERM; while :; do sleep 1; done;; esac";
        Box.UseTools(ffmpeg: Box.Script("stubborn", $"{stubborn}\nexec {ToolPath.Require("ffmpeg")} \"$@\""));
        await Box.DropAsync("good.mp4", 1);
        var killed = await Box.StartedAsync();
        await Box.EncodesAsync();
        await killed.StopAsync(Signals.Kill);
        var orphans = Box.Tools();
        Assert.That(orphans, Is.Not.Empty);

        Box.UseTools();
        var next = await Box.StartedAsync();
        await next.SaysAsync("killed daemon had left running");

        Assert.That(Box.Tools().Intersect(orphans), Is.Empty);
        Assert.That((await Box.EndedAsync(1)).Single().State, Is.EqualTo(ItemState.Published), Box.Story());
        Box.AssertTidy();
    }

    private Task StartsUpAsync() =>
        Poll.UntilAsync(() => File.Exists(Path.Combine(Box.Data, "shorts.lock")), "the lock", 30, Box.Story);

    private async Task StopAsync(Func<DaemonProcess, Task> momentAsync)
    {
        var daemon = Box.Start();
        await momentAsync(daemon);
        var asked = Stopwatch.GetTimestamp();
        Assert.That(await daemon.StopAsync(seconds: 20), Is.Zero, Box.Story());
        TestContext.Out.WriteLine(
            $"stopped in {Stopwatch.GetElapsedTime(asked).TotalSeconds:0.0} s: {daemon.Lines.Count} lines"
        );
        await Box.NoToolsAsync();
    }
}
