using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>A broken ffmpeg costs time, never a recording; a live edit mends it.</summary>
public sealed class ToolFaultTests : DaemonTests
{
    private static string Real => ToolPath.Require("ffmpeg");

    // Everything but the encode works.
    private static string OnEncode(string what) => $"case \"$*\" in *-progress*) {what};; esac\nexec {Real} \"$@\"";

    private static readonly TestCaseData[] Faults =
    [
        new TestCaseData(null, "not found").SetArgDisplayNames("missing"),
        new TestCaseData("#", "not executable").SetArgDisplayNames("not executable"),
        new TestCaseData("echo garbage; echo more >&2; exit 3", "garbage|exit code 3|more").SetArgDisplayNames(
            "garbage"
        ),
        new TestCaseData("echo garbage", "not ffmpeg").SetArgDisplayNames("another program"),
        new TestCaseData(OnEncode("kill -SEGV $$"), "signal 11").SetArgDisplayNames("crashing"),
        new TestCaseData(OnEncode("exec sleep 300"), "no progress").SetArgDisplayNames("hanging"),
        new TestCaseData(
            OnEncode($"ulimit -v 300000; exec {Real} \"$@\""),
            "memory|malloc|Resource"
        ).SetArgDisplayNames("out of memory"),
        new TestCaseData(OnEncode("kill -KILL $$"), "out of memory?").SetArgDisplayNames("killed by the system"),
    ];

    [TestCaseSource(nameof(Faults))]
    public async Task A_broken_ffmpeg_makes_items_wait_until_it_is_mended(string? script, string reason)
    {
        var tool = script is null ? Path.Combine(Box.Root, "missing") : Box.Script("broken", script);
        if (script == "#")
            File.SetUnixFileMode(tool, UnixFileMode.UserRead);
        Box.Config["Encoding"] = new JsonObject { ["StallSeconds"] = 5 };
        Box.UseTools(ffmpeg: tool);
        await Box.DropAsync("good.mp4", 1);
        await using var daemon = await Box.StartedAsync();

        await Poll.UntilAsync(
            () => Box.Items() is [{ State: ItemState.Render, Reason: { } why }] && reason.Split('|').Any(why.Contains),
            "an item that waits for ffmpeg",
            60,
            Box.Story
        );
        Box.UseTools();
        var item = (await Box.EndedAsync(1)).Single();

        Assert.That(item.State, Is.EqualTo(ItemState.Published), Box.Story());
        Box.AssertTidy();
    }

    [Test]
    public async Task A_broken_ffprobe_refuses_no_recording()
    {
        Box.UseTools(ffprobe: Box.Script("broken", "echo broken >&2; exit 1"));
        Box.Channel["Schedule"] = new JsonArray("* * * * * ?");
        Box.Save();
        await Box.DropAsync("good.mp4", 1);
        await using var daemon = await Box.StartedAsync();

        await Poll.UntilAsync(() => Box.Items() is [{ Trouble: not null }], "a candidate in trouble", 30, Box.Story);
        Box.UseTools();

        Assert.That((await Box.EndedAsync(1)).Single().State, Is.EqualTo(ItemState.Published), Box.Story());
    }
}
