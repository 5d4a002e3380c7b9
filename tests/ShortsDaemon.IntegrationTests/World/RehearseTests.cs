using System.Text.Json;
using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Daemon;

namespace ShortsDaemon.IntegrationTests.World;

/// <summary>`rehearse`: the built program against the platforms in a box.</summary>
public sealed class RehearseTests
{
    private string _data = "";

    [SetUp]
    public void MakeFolder() => _data = Directory.CreateTempSubdirectory("shorts-rehearse-").FullName;

    [TearDown]
    public void CleanUp() => Directory.Delete(_data, recursive: true);

    [Test]
    public async Task Clips_become_videos_once_each_though_it_is_killed_on_the_way()
    {
        await using var rehearsal = new DaemonProcess(
            "rehearse",
            "--minutes",
            "1",
            "--kills",
            "1",
            "--json",
            "--data",
            _data
        );
        Assert.That(await rehearsal.EndAsync(400), Is.Zero, rehearsal.Log);
        var text = string.Join('\n', rehearsal.Lines);
        using var report = JsonDocument.Parse(text[text.IndexOf("\n{", StringComparison.Ordinal)..]);
        int Number(string name) => report.RootElement.GetProperty(name).GetInt32();
        Assert.Multiple(() =>
        {
            Assert.That(Number("kills"), Is.EqualTo(1), rehearsal.Log);
            Assert.That(Number("published"), Is.GreaterThan(0), rehearsal.Log);
            Assert.That(Number("duplicates"), Is.Zero, rehearsal.Log);
            Assert.That(Number("lost"), Is.Zero, rehearsal.Log);
            Assert.That(Number("unknown"), Is.Zero, rehearsal.Log);
        });
    }

    [Test]
    public async Task A_fault_script_that_makes_no_sense_starts_nothing()
    {
        var script = Path.Combine(_data, "faults.json");
        await File.WriteAllTextAsync(script, """[{ "call": "twitch.clps", "do": "status 503" }]""");
        await using var rehearsal = new DaemonProcess("rehearse", "--faults", script, "--data", _data);
        Assert.That(await rehearsal.EndAsync(60), Is.EqualTo(2), rehearsal.Log);
        Assert.That(rehearsal.Log, Does.Contain("twitch.clps"));
    }
}
