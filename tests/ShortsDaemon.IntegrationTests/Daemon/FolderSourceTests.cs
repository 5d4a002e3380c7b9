using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>What is taken from a folder, when, and under which name its Short comes out.</summary>
public sealed class FolderSourceTests : DaemonTests
{
    [Test]
    public async Task Unfinished_and_hidden_files_are_left_alone_and_subfolders_are_searched()
    {
        await using var daemon = await Box.StartedAsync();
        string[] unfinished = ["a.mp4.part", "b.mp4.tmp", "c.part.mp4", ".hidden.mp4", ".folder/d.mp4", "notes.txt"];
        foreach (var (number, name) in unfinished.Index())
            await Box.DropAsync(name, number);
        await Box.DropAsync("deep/down/good.mp4", 20);

        var first = (await Box.EndedAsync(1)).Single();
        File.Move(Path.Combine(Box.Inbox, "a.mp4.part"), Path.Combine(Box.Inbox, "a.mp4"));
        var both = await Box.EndedAsync(2);

        Assert.That(first.Title, Is.EqualTo("good"));
        Assert.That(both[1].Title, Is.EqualTo("a"));
        Assert.That(Box.Shorts().Select(FileOf), Is.EquivalentTo(["good.mp4", "a.mp4"]));
    }

    [Test]
    public async Task A_file_that_still_grows_is_not_taken_before_it_is_whole()
    {
        Box.Channel["Sources"]![0]!["SettleSeconds"] = 1.5;
        Box.Save();
        await using var daemon = await Box.StartedAsync();
        var content = await Recordings.GoodAsync(1);

        await using (var file = new FileStream(Path.Combine(Box.Inbox, "slow.mp4"), FileMode.CreateNew))
        {
            foreach (var part in content.Chunk(content.Length / 12))
            {
                await file.WriteAsync(part);
                await file.FlushAsync();
                await Task.Delay(400);
                Assert.That(Box.Items(), Is.Empty);
            }
        }

        var item = (await Box.EndedAsync(1)).Single();
        Assert.That(item.State, Is.EqualTo(ItemState.Published), item.Reason);
        Assert.That(item.ContentHash, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(content))));
    }

    [Test]
    public async Task The_same_content_makes_one_Short_whether_it_comes_at_once_or_later()
    {
        await Box.DropAsync("one.mp4", 1);
        await Box.DropAsync("two.mp4", 1);
        await using var daemon = await Box.StartedAsync();
        var atOnce = await Box.EndedAsync(2);
        await Box.DropAsync("three.mp4", 1);

        var all = await Box.EndedAsync(3);

        var original = atOnce.Single(i => i.State == ItemState.Published);
        var copies = all.Where(i => i.Id != original.Id).ToList();
        Assert.That(copies.Select(c => c.State), Is.All.EqualTo(ItemState.Rejected));
        Assert.That(copies.Select(c => c.DuplicateOf), Is.All.EqualTo(original.Id));
        Assert.That(copies.Select(c => c.Reason), Has.All.Contains($"item {original.Id} ('{original.Title}')"));
        Assert.That(Box.Shorts(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task An_original_that_is_fetched_again_is_not_refused_for_the_sake_of_its_own_copy()
    {
        Directory.Delete(Box.Outbox);
        await File.WriteAllTextAsync(Box.Outbox, "in the way");
        await Box.DropAsync("one.mp4", 1);
        await Box.DropAsync("two.mp4", 1);
        await using (var daemon = await Box.StartedAsync())
        {
            await Poll.UntilAsync(
                () => Box.Items().Any(i => i is { State: ItemState.Publish, Waits: > 0 }),
                "an item that waits for the outbox",
                60,
                Box.Story
            );
            Assert.That(await daemon.StopAsync(), Is.Zero);
        }
        Directory.Delete(Box.Work, recursive: true);
        File.Delete(Box.Outbox);

        await Box.StartedAsync();

        var items = await Box.EndedAsync(2);
        Assert.That(
            items.Select(i => i.State),
            Is.EquivalentTo([ItemState.Published, ItemState.Rejected]),
            Box.Story()
        );
        Assert.That(Box.Shorts(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Odd_and_equal_names_all_come_out_under_harmless_names_of_their_own()
    {
        string[] names =
        [
            "with space.mp4",
            "it's \"quoted\".mp4",
            "line\nbreak.mp4",
            "🎮 win.mp4",
            "-rf.mp4",
            "%03d.mp4",
            new string('x', 251) + ".mp4",
            "monday/same.mp4",
            "tuesday/same.mp4",
        ];
        foreach (var (number, name) in names.Index())
            await Box.DropAsync(name, number);
        await using var daemon = await Box.StartedAsync();

        var items = await Box.EndedAsync(names.Length, 180);

        Assert.That(items.Select(i => i.State), Is.All.EqualTo(ItemState.Published), Box.Story());
        string[] wanted =
        [
            "with space.mp4",
            "it's quoted.mp4",
            "line break.mp4",
            "🎮 win.mp4",
            "rf.mp4",
            "%03d.mp4",
            new string('x', 200) + ".mp4",
            "same.mp4",
            "same (2).mp4",
        ];
        Assert.That(Box.Shorts().Select(FileOf), Is.EquivalentTo(wanted));
        Assert.That(Directory.GetFiles(Box.Outbox), Has.Length.EqualTo(4 * names.Length));
        Assert.That(daemon.Lines, Has.All.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2} "), "one line for each event");
    }

    [Test]
    public async Task Originals_are_moved_to_the_done_folder_only_once_their_Short_is_out()
    {
        var done = Path.Combine(Box.Root, "done");
        Box.Channel["Sources"]![0]!["MoveDoneTo"] = done;
        Box.Save();
        var first = await Box.DropAsync("monday/same.mp4", 1);
        var second = await Box.DropAsync("tuesday/same.mp4", 2);
        var text = Path.Combine(Box.Inbox, "text.mp4");
        await File.WriteAllTextAsync(text, "this is no video");
        await using var daemon = await Box.StartedAsync();

        await Box.EndedAsync(3);

        Assert.That(Directory.GetFiles(done), Has.Length.EqualTo(2).And.Some.EndsWith("/same.mp4"));
        Assert.That(new[] { first, second }, Has.None.Exist);
        Assert.That(text, Does.Exist);
        Assert.That(Box.Shorts(), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_name_that_is_not_text_or_a_link_to_nowhere_holds_nobody_up()
    {
        await Recordings.ToolAsync("/bin/sh", "-c", $"printf x > '{Box.Inbox}'/$(printf 'bro\\377ken.mp4')");
        await Recordings.ToolAsync("/bin/sh", "-c", $"printf x > '{Box.Inbox}'/$(printf 'bro\\376ken.mp4')");
        File.CreateSymbolicLink(Path.Combine(Box.Inbox, "nowhere.mp4"), Path.Combine(Box.Root, "nothing.mp4"));
        await using var daemon = await Box.StartedAsync();
        await Box.DropAsync("good.mp4", 1);

        await Poll.UntilAsync(() => Box.Shorts().Length == 1, "a Short", 60, Box.Story);

        Assert.That(Box.Items().Where(i => i.Title != "good").Select(i => i.State), Is.All.EqualTo(ItemState.Rejected));
    }

    [Test]
    public async Task Channels_that_share_an_outbox_do_not_overwrite_each_other()
    {
        var other = Path.Combine(Box.Root, "other");
        Box.AddChannel("other", other, Box.Outbox);
        Box.Config["Encoding"] = new JsonObject { ["Lanes"] = 2 };
        Box.Save();
        await Box.DropAsync("same.mp4", 1);
        await Sandbox.LayAsync(Path.Combine(other, "same.mp4"), await Recordings.GoodAsync(2));
        await File.WriteAllTextAsync(Path.Combine(Box.Outbox, "same.json"), "somebody else's");
        await using var daemon = await Box.StartedAsync();

        await Box.EndedAsync(2);

        Assert.That(Box.Shorts().Select(FileOf), Is.EquivalentTo(["same (2).mp4", "same (3).mp4"]));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Box.Outbox, "same.json")), Is.EqualTo("somebody else's"));
    }
}
