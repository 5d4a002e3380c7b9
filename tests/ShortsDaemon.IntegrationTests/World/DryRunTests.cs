using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.IntegrationTests.World;

/// <summary>`once --dry-run` with everything real but the platforms: it tells, and touches nothing.</summary>
public sealed class DryRunTests
{
    [Test]
    public async Task It_names_titles_slots_and_quota_and_changes_nothing_anywhere()
    {
        await using var box = await WorldBox.MakeAsync();
        UseTwitch(box);
        var now = TimeProvider.System.GetUtcNow();
        box.World.Twitch.AddBroadcaster("streamer");
        box.World.Twitch.AddClip("streamer", new NewClip("what a save", now.AddHours(-3)) { Views = 900 });
        box.World.Twitch.AddClip("streamer", new NewClip("a second one", now.AddHours(-9)) { Views = 300 });
        box.World.Twitch.AddClip("streamer", new NewClip("too short", now.AddHours(-6)) { Duration = 5, Views = 999 });

        await using var dry = box.Box.Start("once", "--dry-run");
        Assert.That(await dry.EndAsync(60), Is.Zero, dry.Log);

        Assert.That(
            dry.Log,
            Does.Match("Selected .*what a save")
                .And.Match("Rejected .*too short: ")
                // The slot, the title that would be posted, and what is left of the quota.
                .And.Match(@"\d\d:\d\d.*  Clip: what a save")
                .And.Match(@"\d\d:\d\d.*  Clip: a second one")
                .And.Match("100 .*uploads|uploads.* 100")
        );
        var calls = box.World.Calls.All;
        Assert.That(calls.Select(c => c.Operation.Split('.')[0]).Distinct(), Is.EqualTo(["twitch"]), "no YouTube");
        Assert.That(
            calls.Where(c => c.Method != "GET").Select(c => c.Operation).Distinct(),
            Is.EqualTo(["twitch.token"])
        );
        Assert.That(
            calls.Select(c => c.Operation).Distinct(),
            Is.SubsetOf(["twitch.token", "twitch.users", "twitch.games", "twitch.clips"])
        );
        await using var db = box.Box.OpenDatabase();
        int[] rows =
        [
            await db.Items.CountAsync(),
            await db.Runs.CountAsync(),
            await db.Decisions.CountAsync(),
            await db.Publications.CountAsync(),
            await db.Set<Pipeline.Storage.QuotaDay>().CountAsync(),
        ];
        Assert.That(rows, Is.All.Zero);
        Assert.That(Directory.Exists(box.Box.Work) ? Directory.GetFileSystemEntries(box.Box.Work) : [], Is.Empty);
    }

    private static void UseTwitch(WorldBox box)
    {
        box.Box.Channel["Sources"] = new JsonArray(new JsonObject { ["Type"] = "TwitchClips", ["Login"] = "streamer" });
        box.Box.Channel["Selection"] = new JsonObject { ["MinLengthSeconds"] = 10 };
        var to = box.Box.Channel["Destinations"]![0]!;
        (to["MinSpacing"], to["Title"]) = (60, "Clip: {title}");
        box.Box.Save();
    }
}
