using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Tests;

namespace ShortsDaemon.IntegrationTests.World;

/// <summary>
/// The disaster as docs/operations.md tells it: the daemon is killed in mid-upload, its database is damaged, it refuses to
/// start, a backup from before the first upload is restored, the channel is read back, and the world counts one video for
/// each Short. SHORTSDAEMON_LONG=1 plays it eight times over the same channel.
/// </summary>
public sealed class DisasterTests
{
    private const string Start = "youtube.upload.start";

    [Test]
    public async Task Killed_damaged_refused_restored_and_read_back_there_is_one_video_of_each_Short()
    {
        var (rounds, shorts) = Torture.IsLong ? (8, 8) : (1, 2);
        var random = new Random(Seed());
        await using var box = await WorldBox.MakeAsync();
        // Recordings of a test look alike; what counts here is how often each is sent.
        box.World.YouTube.Rules.RejectsDuplicates = false;
        box.World.YouTube.Rules.ListLag = TimeSpan.Zero;
        box.Box.Config["Backup"] = new JsonObject { ["ReadBackAfterMinutes"] = 0 };
        box.Box.Save();
        await PrepareAsync(box, shorts);
        await RunAsync(box, 0, "backup", "create");
        for (var round = 1; round <= rounds; round++)
        {
            await PublishAndKillAsync(box, arrive: Math.Min(round, shorts - 1));
            Damage(box.Box.DatabaseFile, random);
            var refused = await RunAsync(box, 1, "run");
            Assert.That(refused, Does.Contain("is damaged").And.Contain("backup restore").And.Not.Contain("   at "));
            await RunAsync(box, 0, "backup", "restore", "--yes");
        }
        await AssertFinishesAsync(box, shorts);
    }

    /// <summary>Makes the Shorts and publishes none; the recordings stay where they are, to be made anew after a restore.</summary>
    private static async Task PrepareAsync(WorldBox box, int shorts)
    {
        box.Box.Config["Daemon"]!["DryRun"] = true;
        box.Box.Channel["Selection"] = new JsonObject { ["MaxWaiting"] = shorts };
        box.Box.Save();
        for (var i = 0; i < shorts; i++)
            await box.Box.DropAsync($"clip {i}.mp4", i);
        await using (var daemon = await box.Box.StartedAsync())
        {
            await Poll.UntilAsync(
                () => box.Box.Items() is var items && items.Count == shorts && items.All(i => i.Waits > 0),
                $"{shorts} Shorts that wait to be published",
                60 + 15 * shorts,
                box.Box.Story
            );
            Assert.That(await daemon.StopAsync(), Is.Zero, box.Box.Story());
        }
        await using (var db = box.Box.OpenDatabase(toWrite: true))
            await db.Items.ExecuteUpdateAsync(i => i.SetProperty(x => x.NotBefore, (DateTimeOffset?)null));
        box.Box.Config["Daemon"]!["DryRun"] = false;
        box.Box.Save();
    }

    /// <summary>Lets so many Shorts arrive in all, and kills the daemon while it begins the next.</summary>
    private static async Task PublishAndKillAsync(WorldBox box, int arrive)
    {
        await using var daemon = await box.Box.StartedAsync();
        var more = arrive - box.World.YouTube.Uploads.Count;
        box.World.Faults.Add(Start, "delay 600", from: more + 1);
        await Poll.UntilAsync(
            () => box.World.YouTube.Uploads.Count == arrive && box.World.Faults.Rules[0].Met > 0,
            $"{arrive} videos and the next upload to begin",
            90,
            box.Box.Story
        );
        daemon.Send(Signals.Kill);
        await daemon.EndAsync();
        box.World.Faults.Clear();
    }

    private static void Damage(string database, Random random)
    {
        foreach (var side in (string[])["-wal", "-shm"])
            File.Delete(database + side);
        using var file = new FileStream(database, FileMode.Open);
        // Never the first page alone: the middle of the file is where damage hides.
        file.Position = 4096 * random.Next(1, 5);
        file.Write([.. Enumerable.Repeat((byte)0xA5, 16 * 4096)]);
    }

    private static async Task AssertFinishesAsync(WorldBox box, int shorts)
    {
        await using var daemon = await box.Box.StartedAsync();
        var items = await box.Box.EndedAsync(shorts, 120);
        Assert.That(items.Select(i => i.State), Is.All.EqualTo(ItemState.Published), box.Box.Story());
        Assert.That(await daemon.StopAsync(), Is.Zero, box.Box.Story());
        var uploads = box.World.YouTube.Uploads;
        var publications = box.Publications();
        await using var db = box.Box.OpenDatabase();
        Assert.Multiple(() =>
        {
            Assert.That(uploads, Has.Count.EqualTo(shorts), "videos on YouTube");
            Assert.That(uploads.Select(u => u.VideoId), Is.EquivalentTo(publications.Select(p => p.RemoteId)));
            Assert.That(db.Holds, Is.Empty);
            Assert.That(db.Restores.Select(r => r.SettledAt), Has.None.Null);
        });
        box.Box.AssertTidy();
    }

    private static async Task<string> RunAsync(WorldBox box, int code, params string[] command)
    {
        await using var process = box.Box.Start(command);
        Assert.That(await process.EndAsync(60), Is.EqualTo(code), process.Log);
        return process.Log;
    }

    private static int Seed()
    {
        var seed = int.TryParse(
            Environment.GetEnvironmentVariable("SHORTSDAEMON_SEED"),
            CultureInfo.InvariantCulture,
            out var given
        )
            ? given
            : Random.Shared.Next();
        TestContext.Progress.WriteLine($"disaster test: seed {seed}");
        return seed;
    }
}
