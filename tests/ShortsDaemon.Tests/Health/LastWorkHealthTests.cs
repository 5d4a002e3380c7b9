using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Health;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LastWorkHealthTests : IDisposable
{
    private readonly HealthSandbox _sandbox = new();
    private IDbContextFactory<ShortsDb> _databases = null!;

    [SetUp]
    public async Task PrepareAsync() => _databases = await _sandbox.PrepareAsync();

    public void Dispose() => _sandbox.Dispose();

    [Test]
    public async Task Having_had_nothing_to_do_is_healthy()
    {
        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(health.Description, Is.EqualTo("Nothing has been done yet"));
        Assert.That(health.Data, Is.Empty);
    }

    [Test]
    public async Task A_success_of_last_month_is_healthy_and_told()
    {
        await AttemptsAsync(TimeSpan.FromDays(30), AttemptResult.Failed, AttemptResult.Advanced);

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(health.Data["lastSuccessUtc"], Is.EqualTo(_sandbox.Now.UtcDateTime.AddDays(-30)));
        Assert.That(health.Data["lastSuccessMinutesAgo"], Is.EqualTo(30 * 24 * 60));
        Assert.That(health.Data["lastSuccessStage"], Is.EqualTo("Render"));
        Assert.That(health.Data["lastFailureReason"], Is.EqualTo("reason 0"));
    }

    [Test]
    public async Task Three_items_in_a_row_that_failed_are_degraded_with_their_reasons()
    {
        await AttemptsAsync(
            default,
            AttemptResult.Advanced,
            AttemptResult.Failed,
            AttemptResult.Retrying,
            AttemptResult.Failed
        );

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(
            health.Description,
            Is.EqualTo(
                "The latest 3 items failed: Render of item 4: reason 3; Render of item 3: reason 2; Render of item 2: reason 1. "
                    + "See explain 4 and the log."
            )
        );
    }

    [TestCase(AttemptResult.Failed, AttemptResult.Failed, AttemptResult.Advanced)]
    [TestCase(AttemptResult.Failed, AttemptResult.Failed, AttemptResult.Rejected)]
    [TestCase(AttemptResult.Failed, AttemptResult.Failed, AttemptResult.Waiting, AttemptResult.Interrupted)]
    public async Task Anything_else_among_the_last_three_is_healthy(params AttemptResult[] results)
    {
        await AttemptsAsync(default, results);

        Assert.That((await AskAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task One_item_that_fails_again_and_again_is_one_failure()
    {
        var item = await _sandbox.AddItemAsync(ItemState.Render);
        for (var i = 0; i < 5; i++)
            await _sandbox.AddAttemptAsync(item, AttemptResult.Retrying, "it crashed");

        Assert.That((await AskAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task Many_waits_do_not_hide_three_failures()
    {
        await AttemptsAsync(default, AttemptResult.Failed, AttemptResult.Failed, AttemptResult.Failed);
        var waiting = await _sandbox.AddItemAsync(ItemState.Render);
        await _sandbox.AddAttemptAsync(waiting, AttemptResult.Waiting, "no room", times: 250);

        Assert.That((await AskAsync()).Status, Is.EqualTo(HealthStatus.Degraded));
    }

    private async Task AttemptsAsync(TimeSpan ago, params AttemptResult[] results)
    {
        for (var i = 0; i < results.Length; i++)
        {
            var item = await _sandbox.AddItemAsync(ItemState.Render);
            await _sandbox.AddAttemptAsync(item, results[i], $"reason {i}", ago);
        }
    }

    private Task<HealthCheckResult> AskAsync() =>
        HealthSandbox.AskAsync(new LastWorkHealth(_databases, _sandbox.Clock));
}
