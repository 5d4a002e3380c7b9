using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Tests.Health;

public sealed class ConfigurationHealthTests
{
    private static readonly ConfigurationProblem Error = new("Encoding:Lanes", "it is -1", "Write 0 to 64.");
    private static readonly ConfigurationProblem Warning = new(
        "Encodng",
        "no such key",
        "Did you mean Encoding?",
        false
    );

    [Test]
    public async Task A_good_configuration_is_healthy()
    {
        var health = await AskAsync(HealthSandbox.Options());

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(health.Data["errors"], Is.Zero);
        Assert.That(health.Data["warnings"], Is.Zero);
    }

    [Test]
    public async Task Warnings_are_healthy_and_told()
    {
        var health = await AskAsync(new LiveOptions(new ShortsOptions(), [Warning]));

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(health.Data["warnings"], Is.EqualTo(1));
        Assert.That(health.Data["Encodng"], Is.EqualTo("no such key. Did you mean Encoding?"));
    }

    [Test]
    public async Task A_refused_edit_is_degraded_until_it_is_mended()
    {
        var live = HealthSandbox.Options();
        live.Refuse([Warning, Error]);

        var health = await AskAsync(live);

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(
            health.Description,
            Does.StartWith("The latest edit is refused").And.EndsWith("Encoding:Lanes: it is -1. Write 0 to 64.")
        );
        Assert.That(health.Data["errors"], Is.EqualTo(1));
        live.Accept(new ShortsOptions());
        Assert.That((await AskAsync(live)).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    private static Task<HealthCheckResult> AskAsync(LiveOptions live) =>
        HealthSandbox.AskAsync(new ConfigurationHealth(live));
}
