using System.Globalization;
using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Tests;
using ShortsDaemon.World.Faults;

namespace ShortsDaemon.IntegrationTests.World;

/// <summary>SIGKILL while a Short goes to YouTube. Whatever the moment: exactly one video.</summary>
public sealed class UploadKillTests
{
    /// <summary>The daemon dies while it waits for this answer; before the work is done there, or after.</summary>
    [TestCase("youtube.upload.start", false, 1)]
    [TestCase("youtube.upload.start", true, 1)]
    [TestCase("youtube.upload.chunk", true, 1)]
    [TestCase("youtube.upload.chunk", false, 2)]
    [TestCase("youtube.upload.chunk", true, 2)]
    [TestCase("youtube.thumbnails", true, 1)]
    public async Task Killed_while_it_waits_for_an_answer(string call, bool worked, int number)
    {
        await using var box = await WorldBox.MakeAsync(await PreparedShorts.CopyAsync(1));
        // "stall" does the work and holds the answer back; "delay" holds the work back as well.
        box.World.Faults.Add(call, worked ? "stall" : "delay 600", from: number);
        var daemon = await box.Box.StartedAsync();
        await using (daemon)
        {
            await Poll.UntilAsync(
                () => box.World.Calls.Of(call).Count >= number && box.World.Faults.Rules[0].Met > 0,
                $"call {number} of {call}",
                60,
                box.Box.Story
            );
            if (worked)
                await Task.Delay(200);
            daemon.Send(Signals.Kill);
            await daemon.EndAsync();
        }
        box.World.Faults.Clear();
        await AssertFinishesAsync(box, 1);
    }

    [Test]
    public async Task Killed_again_and_again_it_uploads_each_Short_once()
    {
        // Boxes side by side: most of a daemon's life goes by with one processor at work, or none.
        var (boxes, kills, shorts) = Torture.IsLong ? (3, 100, 14) : (1, 5, 2);
        var seed = Seed();
        TestContext.Progress.WriteLine($"upload kill test: seed {seed}, {boxes} × {kills} kills, {shorts} Shorts");
        await Task.WhenAll(Enumerable.Range(0, boxes).Select(i => KillAsync(new Random(seed + i), kills, shorts)));
    }

    private static async Task KillAsync(Random random, int kills, int shorts)
    {
        await using var box = await WorldBox.MakeAsync(await PreparedShorts.CopyAsync(shorts));
        // Recordings of a test look alike; what counts here is how often each is sent.
        box.World.YouTube.Rules.RejectsDuplicates = false;
        // Slow enough that most kills meet an upload.
        box.World.Faults.Add(new FaultRule("youtube.*", "delay 0.25") { Times = FaultRule.Always });
        for (var kill = 1; kill <= kills; kill++)
        {
            await using var daemon = box.Box.Start();
            // Most kills meet an upload, some the start.
            if (random.Next(4) > 0)
                await daemon.SaysAsync("next fires at", 60);
            await Task.Delay(random.Next(4000));
            daemon.Send(Signals.Kill);
            await daemon.EndAsync();
            if (kill % 25 == 0)
                TestContext.Progress.WriteLine(
                    $"{kill} kills, {box.World.Calls.Of("youtube.upload.chunk").Count} chunks, {box.World.YouTube.Uploads.Count} videos"
                );
        }
        box.World.Faults.Clear();
        await AssertFinishesAsync(box, shorts);
    }

    private static async Task AssertFinishesAsync(WorldBox box, int shorts)
    {
        await using var daemon = await box.Box.StartedAsync();
        await box.Box.EndedAsync(shorts, 90);
        Assert.That(await daemon.StopAsync(), Is.Zero, box.Box.Story());
        var uploads = box.World.YouTube.Uploads;
        var publications = box.Publications();
        Assert.Multiple(() =>
        {
            Assert.That(uploads, Has.Count.EqualTo(shorts), "videos on YouTube");
            Assert.That(uploads.Select(u => u.VideoId), Is.EquivalentTo(publications.Select(p => p.RemoteId)));
            Assert.That(uploads.Select(u => u.Sha256), Is.EquivalentTo(publications.Select(p => p.Sha256)));
            Assert.That(uploads.Select(u => u.ThumbnailSha256), Has.None.Null);
            Assert.That(uploads.Select(u => u.Privacy), Is.All.EqualTo("public"));
        });
    }

    private static int Seed() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("SHORTSDAEMON_SEED"),
            CultureInfo.InvariantCulture,
            out var seed
        )
            ? seed
            : Random.Shared.Next();
}
