using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Alerting;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>The real daemon tells somebody over real HTTP.</summary>
public sealed class AlertTests : DaemonTests
{
    [Test]
    public async Task Each_alert_is_told_once_also_by_a_daemon_that_is_killed()
    {
        await using var far = await FakeReceiver.StartAsync();
        await using var watcher = await FakeReceiver.StartAsync();
        Box.Config["Alerts"] = new JsonArray(new JsonObject { ["Type"] = "Webhook", ["Url"] = $"{far.Url}/hidden" });
        Box.Config["HealthPing"] = new JsonObject { ["ProjectUrl"] = $"{watcher.Url}/key" };
        Box.Save();
        var killed = await Box.StartedAsync();
        await RaiseAsync("first");
        await killed.SaysAsync("Webhook was told");
        await killed.StopAsync(Signals.Kill);
        await RaiseAsync("second");

        var daemon = await Box.StartedAsync();
        await daemon.SaysAsync("Webhook was told");

        Assert.That(
            far.Calls.Select(c => (string?)c.Json["alerts"]!.AsArray().Single()!["subject"]),
            Is.EqualTo(new[] { "first", "second" })
        );
        Assert.That(killed.Log + daemon.Log, Does.Not.Contain("hidden"));
        await Sandbox.LayAsync(Path.Combine(Box.Inbox, "broken.mp4"), [1, 2, 3]);
        await Poll.UntilAsync(
            () => watcher.Calls.Any(c => c.Line.StartsWith("POST /key/channel-inbox?", StringComparison.Ordinal)),
            "the ping of the channel's run",
            30,
            Box.Story
        );
        Assert.That(watcher.Calls[0].Line, Does.StartWith("POST /key/channel-inbox/start?create=1&rid="));
        Assert.That(await daemon.StopAsync(), Is.Zero);
    }

    // Long enough ago to be told at once.
    private async Task RaiseAsync(string subject)
    {
        await using var db = Box.OpenDatabase(toWrite: true);
        db.Alerts.Add(
            new Alert
            {
                Rule = "DiskLow",
                Subject = subject,
                Level = AlertLevel.Critical,
                Message = "The disk is full. Make room.",
                RaisedAt = TimeProvider.System.GetUtcNow().AddMinutes(-1),
            }
        );
        await db.SaveChangesAsync();
    }
}
