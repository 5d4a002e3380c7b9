using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>A copy under another name is told apart by nothing but what it shows.</summary>
public sealed class DuplicateTests : DaemonTests
{
    [Test]
    public async Task A_mirrored_copy_of_what_was_published_is_rejected_with_a_pointer()
    {
        Box.Channel["Selection"] = new System.Text.Json.Nodes.JsonObject { ["DuplicateDays"] = 30 };
        Box.Save();
        var first = Path.Combine(Box.Inbox, "first.mp4");
        await Sandbox.LayAsync(first, await Recordings.LongAsync(1));
        await using (var once = Box.Start("once"))
            Assert.That(await once.EndAsync(60), Is.Zero, once.Log);
        var copy = Path.Combine(Box.Root, "copy.mp4");
        string[] mirrored = ["-i", first, "-vf", "hflip", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "copy"];
        await Recordings.ToolAsync("ffmpeg", ["-v", "error", .. mirrored, copy]);
        File.Move(copy, Path.Combine(Box.Inbox, "again.mp4"));

        await using var next = Box.Start("once");
        Assert.That(await next.EndAsync(60), Is.Zero, next.Log);

        var items = Box.Items().ToDictionary(i => i.Title);
        Assert.That(items["first"].State, Is.EqualTo(ItemState.Published));
        Assert.That(items["again"].State, Is.EqualTo(ItemState.Rejected));
        Assert.That(items["again"].DuplicateOf, Is.EqualTo(items["first"].Id));
        Assert.That(items["again"].Reason, Does.Contain("shows the same as item").And.Contain("mirrored"));
        Box.AssertTidy();
    }
}
