using System.Text;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>Files that can never become a Short are refused with a reason, and hold nobody up.</summary>
public sealed class BadInputTests : DaemonTests
{
    [Test]
    public async Task Each_bad_file_is_rejected_with_a_reason_and_the_good_ones_are_published()
    {
        var good = await Recordings.GoodAsync(99);
        var secret = Path.Combine(Box.Root, "secret.mp4");
        await File.WriteAllBytesAsync(secret, good);
        var files = new Dictionary<string, (byte[] Content, string Reason)>
        {
            ["zero"] = ([], "empty"),
            ["text"] = (Encoding.UTF8.GetBytes(new string('t', 5000)), "not a video"),
            ["noindex"] = (good[..(good.Length / 2)], "moov"),
            ["sound"] = (await Recordings.AudioOnlyAsync(), "picture"),
            ["frame"] = (await Recordings.OneFrameAsync(), "MinLengthSeconds"),
            ["hours"] = (await Recordings.ThreeHoursAsync(), "10800.0 s long"),
            ["playlist"] = (
                Encoding.UTF8.GetBytes($"#EXTM3U\n#EXTINF:3,\nfile://{secret}\n#EXT-X-ENDLIST\n"),
                "not a video"
            ),
            ["concat"] = (Encoding.UTF8.GetBytes($"ffconcat version 1.0\nfile '{secret}'\n"), "not"),
            ["gone"] = (good, "removed"),
        };
        foreach (var (name, file) in files)
            await Sandbox.LayAsync(Path.Combine(Box.Inbox, name + ".mp4"), file.Content);
        await Box.DropAsync("first.mp4", 1);
        await Box.DropAsync("second.mp4", 2);
        // It vanishes right after it was looked at.
        Box.UseTools(
            ffprobe: Box.Script(
                "probe",
                $"{ToolPath.Require("ffprobe")} \"$@\"\ncode=$?\nrm -f '{Box.Inbox}/gone.mp4'\nexit $code"
            )
        );
        await using var daemon = await Box.StartedAsync();

        var items = await Box.EndedAsync(files.Count + 2, 120);

        Assert.Multiple(() =>
        {
            foreach (var (name, file) in files)
            {
                var item = items.Single(i => i.Title == name);
                Assert.That(item.State, Is.EqualTo(ItemState.Rejected), name);
                Assert.That(item.Reason, Does.Contain(file.Reason), name);
            }
            Assert.That(Box.Shorts().Select(FileOf), Is.EquivalentTo(["first.mp4", "second.mp4"]));
        });
        Box.AssertTidy();
    }
}
