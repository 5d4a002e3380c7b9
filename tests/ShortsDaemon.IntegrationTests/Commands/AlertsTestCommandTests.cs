using NUnit.Framework;
using ShortsDaemon.Tests.Alerting;

namespace ShortsDaemon.IntegrationTests.Commands;

/// <summary>`alerts test` as somebody at the terminal sees it.</summary>
public sealed class AlertsTestCommandTests
{
    [Test]
    public async Task Each_receiver_is_tried_and_its_outcome_is_told()
    {
        using var sandbox = new Sandbox();
        await using var far = await FakeReceiver.StartAsync();

        var answer = await sandbox.RunAsync(
            "alerts",
            "test",
            "Alerts:0:Type=Webhook",
            $"Alerts:0:Url={far.Url}/x",
            "Alerts:1:Type=Command",
            "Alerts:1:Program=/nowhere/tell-me"
        );

        Assert.That(answer.ExitCode, Is.EqualTo(1), answer.Errors);
        var lines = answer.Output.Split('\n');
        Assert.That(lines[1], Does.Match("^Webhook +Webhook +told$"));
        Assert.That(lines[2], Does.Match("^Command +Command +fail +'/nowhere/tell-me' was not found"));
        Assert.That((string?)far.Calls.Single().Json["alerts"]![0]!["rule"], Is.EqualTo("Test"));
    }

    [Test]
    public async Task Without_a_receiver_it_says_so()
    {
        using var sandbox = new Sandbox();
        var answer = await sandbox.RunAsync("alerts", "test");
        Assert.That(answer.ExitCode, Is.EqualTo(2));
        Assert.That(answer.Errors, Does.Contain("There is no receiver"));
    }
}
