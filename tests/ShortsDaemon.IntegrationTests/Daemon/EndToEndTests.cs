using System.Security.Cryptography;
using System.Text.Json;
using NUnit.Framework;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>A recording falls into the inbox and a Short comes out.</summary>
public sealed class EndToEndTests : DaemonTests
{
    [Test]
    public async Task A_recording_becomes_a_Short_with_thumbnail_and_description()
    {
        Box.UseTools(ffmpeg: "ffmpeg");
        await using var daemon = await Box.StartedAsync();
        var original = await Box.DropAsync("Great moment.mp4", 1);
        var (hash, time) = (Hash(original), File.GetLastWriteTimeUtc(original));

        var item = (await Box.EndedAsync(1)).Single();

        Assert.That(item.State, Is.EqualTo(ItemState.Published), Box.Story());
        var made = Path.Combine(Box.Outbox, "Great moment.mp4");
        var info = await ProbeAsync(made);
        using var about = JsonDocument.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(made, ".json")));
        Assert.Multiple(() =>
        {
            Assert.That(
                Directory.GetFiles(Box.Outbox).Select(FileOf),
                Is.EquivalentTo(["Great moment.mp4", "Great moment.jpg", "Great moment.wide.jpg", "Great moment.json"])
            );
            Assert.That(
                info.RequirePicture(),
                Has.Property("Width").EqualTo(1080).And.Property("Height").EqualTo(1920)
            );
            Assert.That(info.Duration.TotalSeconds, Is.EqualTo(3.2).Within(0.1));
            Assert.That(
                File.ReadAllBytes(Path.ChangeExtension(made, ".jpg")).Take(2),
                Is.EqualTo(new byte[] { 255, 216 })
            );
            Assert.That(Hash(original), Is.EqualTo(hash));
            Assert.That(File.GetLastWriteTimeUtc(original), Is.EqualTo(time));
            Assert.That(Text(about, "title"), Is.EqualTo("Great moment"));
            Assert.That(Text(about, "sha256"), Is.EqualTo(Hash(made)));
            Assert.That(Text(about, "channel"), Is.EqualTo("inbox"));
            Assert.That(Text(about, "layout"), Is.EqualTo("CentreCrop"));
            Assert.That(Text(about, "source", "location"), Is.EqualTo(original));
            Assert.That(Text(about, "source", "sha256"), Is.EqualTo(hash));
            Assert.That(Text(about, "decision", "verdict"), Is.EqualTo("Selected"));
        });
        Box.AssertTidy();
    }

    [Test]
    public async Task Every_log_line_of_an_item_carries_channel_and_item()
    {
        await Box.DropAsync("good.mp4", 1);
        await Sandbox.LayAsync(Path.Combine(Box.Inbox, "bad.mp4"), "this is no video"u8.ToArray());
        await using var daemon = await Box.StartedAsync();
        var items = await Box.EndedAsync(2);
        await daemon.SaysAsync("Publish of 'good' done");

        Assert.That(await daemon.StopAsync(), Is.Zero);

        var file = await File.ReadAllLinesAsync(Directory.GetFiles(Path.Combine(Box.Data, "logs")).Single());
        foreach (var item in items)
        {
            var about = daemon
                .Lines.Concat(file)
                .Where(line => line.Contains($"'{item.Title}'", StringComparison.Ordinal));
            Assert.That(about.ToList(), Has.Count.GreaterThan(3).And.All.Contains($"[inbox #{item.Id}] "));
        }
    }

    private static async Task<MediaInfo> ProbeAsync(string path)
    {
        var processes = new ProcessRunner(TimeProvider.System, "end-to-end-tests");
        var probe = new MediaProbe(processes, () => new ShortsDaemon.Media.ToolPaths("ffmpeg", "ffprobe"));
        return await probe.ProbeAsync(path, CancellationToken.None);
    }

    private static string? Text(JsonDocument document, params string[] path) =>
        path.Aggregate(document.RootElement, (element, name) => element.GetProperty(name)).GetString();

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
