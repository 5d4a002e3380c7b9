using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Commands.Doctor;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Health;

internal sealed class ProvidersHealthTests
{
    private FlowWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new FlowWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task Before_the_first_call_it_is_healthy()
    {
        var health = await AskAsync();
        Assert.That((health.Status, health.Data.Count), Is.EqualTo((HealthStatus.Healthy, 0)));
        Assert.That((await DoctorAsync()).StatusWord, Is.EqualTo("ok"));
    }

    [Test]
    public async Task A_platform_that_is_down_is_told_with_the_time_of_the_next_try_and_the_mend()
    {
        await FailAsync("Twitch", 5);
        await FailAsync("YouTube", 1);
        var health = await AskAsync();
        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(
            health.Description,
            Is.EqualTo(
                "Twitch has not worked since 2026-01-15 12:00:00Z: no answer. It is tried again at 2026-01-15 12:00:30Z; "
                    + "at once after `ShortsDaemon breaker reset Twitch`."
            )
        );
        Assert.That(
            health.Data,
            Is.EquivalentTo(new Dictionary<string, object> { ["Twitch"] = "Open", ["YouTube"] = "Closed" })
        );
        var line = await DoctorAsync();
        Assert.That((line.Check, line.StatusWord), Is.EqualTo(("providers", "warn")));
        Assert.That(line.Finding, Does.Contain("Twitch has not worked since 2026-01-15 12:00:00Z (no answer)"));
        Assert.That(line.Mend, Does.EndWith("breaker reset Twitch"));
    }

    private Task<HealthCheckResult> AskAsync() =>
        HealthSandbox.AskAsync(new ProvidersHealth(_world.Get<Breakers>(), _world.Clock));

    private async Task<DoctorLine> DoctorAsync()
    {
        var patient = new Patient(OptionsReading.Of(_world.Live.Value, []), [], TimeProvider.System);
        return (await new ProvidersCheck().LookAsync(patient, CancellationToken.None)).Single();
    }

    private async Task FailAsync(string provider, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.CatchAsync(() =>
                _world
                    .Get<Breakers>()
                    .RunAsync<int>(provider, _ => throw new ProviderDownException("no answer"), CancellationToken.None)
            );
        await Task.CompletedTask;
    }
}
