using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>The running daemon follows its configuration file.</summary>
public sealed class LiveReloadTests : DaemonTests
{
    [Test]
    public async Task A_new_channel_is_picked_up_and_one_switched_off_stops()
    {
        await using var daemon = await Box.StartedAsync();
        var (inbox, outbox) = (Path.Combine(Box.Root, "second in"), Path.Combine(Box.Root, "second out"));
        Directory.CreateDirectory(inbox);
        await Sandbox.LayAsync(Path.Combine(inbox, "waiting.mp4"), await Recordings.GoodAsync(1));

        Box.AddChannel("second", inbox, outbox);
        Box.Save();
        await Box.EndedAsync(1);
        Box.Config["Channels"]!["second"]!["Enabled"] = false;
        Box.Save();
        await daemon.SaysAsync("Channels:second:Enabled");
        await Sandbox.LayAsync(Path.Combine(inbox, "late.mp4"), await Recordings.GoodAsync(2));
        await Box.DropAsync("first.mp4", 3);
        var items = await Box.EndedAsync(2);
        Box.Config["Channels"]!["second"]!["Enabled"] = true;
        Box.Save();
        await Box.EndedAsync(3);

        Assert.That(items.Select(i => i.Channel), Is.EqualTo(["second", "inbox"]));
        Assert.That(Sandbox.Shorts(outbox).Select(FileOf), Is.EquivalentTo(["waiting.mp4", "late.mp4"]));
        Assert.That(Box.Shorts().Select(FileOf), Is.EquivalentTo(["first.mp4"]));
    }

    [Test]
    public async Task Items_under_way_wait_while_their_channel_is_off_or_gone_and_go_on_when_it_is_back()
    {
        await Sandbox.LayAsync(Path.Combine(Box.Inbox, "long.mp4"), await Recordings.LongAsync(1));
        await using var daemon = await Box.StartedAsync();
        await Box.EncodesAsync();

        Box.Channel["Enabled"] = false;
        Box.Save();
        await Box.WaitsAsync(ItemState.Gate, "is switched off");
        Box.Channel["Enabled"] = true;
        Box.Save();
        var item = (await Box.EndedAsync(1)).Single();

        Assert.That(item.State, Is.EqualTo(ItemState.Published), Box.Story());
    }

    [Test]
    public async Task The_next_item_gets_the_new_layout_and_a_bad_edit_changes_nothing()
    {
        await using var daemon = await Box.StartedAsync();
        Box.Channel["Render"]!["Layout"] = "BlurredBackdrop";
        Box.Save();
        await daemon.SaysAsync("edit in force");
        await Box.DropAsync("one.mp4", 1);
        await Box.EndedAsync(1);

        await File.WriteAllTextAsync(
            Box.ConfigFile,
            """{ "Channels": { "inbox": { "Render": { "Layout": "Sideways" """
        );
        await daemon.SaysAsync("edit refused");
        await Box.DropAsync("two.mp4", 2);
        await Box.EndedAsync(2);
        Box.Channel["Render"]!["Layout"] = "CentreCrop";
        Box.Config["Encoding"] = new JsonObject { ["Lanes"] = 2 };
        Box.Save();
        await daemon.SaysAsync("good again");
        await Box.DropAsync("three.mp4", 3);
        await Box.EndedAsync(3);

        await using var db = Box.OpenDatabase();
        string[] layouts = [.. db.Renditions.OrderBy(r => r.Id).Select(r => r.Layout)];
        Assert.That(layouts, Is.EqualTo(["BlurredBackdrop", "BlurredBackdrop", "CentreCrop"]));
    }

    [Test]
    public async Task The_number_of_encodes_at_once_follows_for_items_that_wait_already()
    {
        Box.Config["Encoding"] = new JsonObject { ["Lanes"] = 1 };
        Box.Save();
        for (var i = 0; i < 3; i++)
            await Sandbox.LayAsync(Path.Combine(Box.Inbox, $"{i}.mp4"), await Recordings.LongAsync(i));
        await using var daemon = await Box.StartedAsync();
        await Box.EncodesAsync();
        Assert.That(Box.Encodes(), Is.EqualTo(1));

        Box.Config["Encoding"]!["Lanes"] = 3;
        Box.Save();

        await Poll.UntilAsync(() => Box.Encodes() == 3, "three encodes at once", 20, Box.Story);
    }

    [Test]
    public async Task A_changed_schedule_is_followed()
    {
        var beside = Path.Combine(Box.Root, "beside");
        Directory.CreateDirectory(beside);
        await using var daemon = await Box.StartedAsync();

        Box.Channel["Schedule"] = new JsonArray("0 0 4 * * ?", "0 30 5 * * ?");
        Box.Save();
        await daemon.SaysAsync("Schedule inbox/0 next fires at");
        await daemon.SaysAsync("04:00:00 UTC");
        await daemon.SaysAsync("05:30:00 UTC");
    }
}
