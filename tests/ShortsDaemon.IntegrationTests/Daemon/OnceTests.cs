using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>`once`: one run and an end.</summary>
public sealed class OnceTests : DaemonTests
{
    [Test]
    public async Task It_makes_what_is_there_of_all_channels_and_ends()
    {
        var (inbox, outbox) = (Path.Combine(Box.Root, "in 2"), Path.Combine(Box.Root, "out 2"));
        Box.AddChannel("second", inbox, outbox);
        Box.Save();
        await Box.DropAsync("one.mp4", 1);
        await Sandbox.LayAsync(Path.Combine(inbox, "two.mp4"), await Recordings.GoodAsync(2));
        await Sandbox.LayAsync(Path.Combine(Box.Inbox, "bad.mp4"), "no video"u8.ToArray());
        await using var once = Box.Start("once");

        Assert.That(await once.EndAsync(90), Is.Zero, once.Log);

        Assert.That(Box.Shorts().Select(FileOf), Is.EqualTo(["one.mp4"]));
        Assert.That(Sandbox.Shorts(outbox).Select(FileOf), Is.EqualTo(["two.mp4"]));
        Assert.That(once.Log, Does.Contain("Rejected").And.Contains("bad"));
        Box.AssertTidy();
    }

    [Test]
    public async Task A_recording_that_turns_out_bad_is_replaced_by_the_next()
    {
        Box.Channel["Selection"] = new System.Text.Json.Nodes.JsonObject { ["MaxPerRun"] = 1 };
        Box.Save();
        await Box.DropAsync("one.mp4", 1);
        await using (var first = Box.Start("once"))
            Assert.That(await first.EndAsync(60), Is.Zero, first.Log);
        await Box.DropAsync("the same.mp4", 1);
        // Older, so it would be made by the following run only.
        File.SetLastWriteTimeUtc(await Box.DropAsync("two.mp4", 2), DateTime.UtcNow.AddHours(-9));
        await using var once = Box.Start("once");

        Assert.That(await once.EndAsync(90), Is.Zero, once.Log);

        Assert.That(Box.Shorts().Select(FileOf), Is.EquivalentTo(["one.mp4", "two.mp4"]));
        var items = Box.Items().ToDictionary(i => i.Title);
        Assert.That(items["the same"].State, Is.EqualTo(ItemState.Rejected));
        Assert.That(items["two"].RunId, Is.EqualTo(items["the same"].RunId), "both belong to one run");
    }

    [Test]
    public async Task A_dry_run_shows_everything_and_changes_nothing()
    {
        await Box.DropAsync("one.mp4", 1);
        await using (var first = Box.Start("once"))
            Assert.That(await first.EndAsync(60), Is.Zero, first.Log);
        await Box.DropAsync("two.mp4", 2);
        await Sandbox.LayAsync(Path.Combine(Box.Inbox, "bad.mp4"), "no video"u8.ToArray());
        var before = await StateAsync();
        await using var dry = Box.Start("once", "--dry-run");

        Assert.That(await dry.EndAsync(60), Is.Zero, dry.Log);

        Assert.That(
            dry.Log,
            Does.Match("Selected .*two: number 1").And.Match("Rejected .*bad: ").And.Not.Contains("one:")
        );
        Assert.That(await StateAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Interrupted_it_stops_and_the_next_one_goes_on()
    {
        await Sandbox.LayAsync(Path.Combine(Box.Inbox, "long.mp4"), await Recordings.LongAsync(1));
        await using var once = Box.Start("once");
        await Box.EncodesAsync();

        Assert.That(await once.StopAsync(Signals.Interrupt), Is.EqualTo(1), once.Log);
        Assert.That(once.Log, Does.Contain("the next run goes on where this one stood"));
        await Box.NoToolsAsync();
        await using var next = Box.Start("once");

        Assert.That(await next.EndAsync(60), Is.Zero, next.Log);
        Assert.That(Box.Items().Single().State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task A_channel_that_is_switched_off_is_2()
    {
        Box.Channel["Enabled"] = false;
        Box.Save();
        await using var once = Box.Start("once", "inbox");

        Assert.That(await once.EndAsync(), Is.EqualTo(2), once.Log);
        Assert.That(once.Log, Does.Contain("The channel 'inbox' is switched off"));
    }

    [Test]
    public async Task A_database_that_fails_under_way_is_1_with_one_line()
    {
        await using (var first = Box.Start("once"))
            Assert.That(await first.EndAsync(60), Is.Zero, first.Log);
        await using (var db = Box.OpenDatabase(toWrite: true))
            await db.Database.ExecuteSqlRawAsync(
                "create trigger Broken before insert on Items begin select raise(abort, 'broken'); end"
            );
        await Box.DropAsync("one.mp4", 1);
        await using var once = Box.Start("once");

        Assert.That(await once.EndAsync(60), Is.EqualTo(1), once.Log);
        Assert.That(once.Log, Does.Contain("The database").And.Contain("broken").And.Not.Contain("   at "));
    }

    private async Task<string> StateAsync()
    {
        await using var db = Box.OpenDatabase();
        int[] rows =
        [
            await db.Channels.CountAsync(),
            await db.Items.CountAsync(),
            await db.Attempts.CountAsync(),
            await db.Decisions.CountAsync(),
            await db.Renditions.CountAsync(),
            await db.Publications.CountAsync(),
            await db.Runs.CountAsync(),
        ];
        var files = new[] { Box.Inbox, Box.Outbox, Box.Work }
            .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O}");
        return string.Join(' ', rows) + "\n" + string.Join('\n', files);
    }
}
