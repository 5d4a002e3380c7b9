using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Health;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class QueueHealthTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(61);
    private readonly HealthSandbox _sandbox = new();
    private IDbContextFactory<ShortsDb> _databases = null!;

    [SetUp]
    public async Task PrepareAsync() => _databases = await _sandbox.PrepareAsync();

    public void Dispose() => _sandbox.Dispose();

    [Test]
    public async Task Nothing_to_do_is_healthy()
    {
        await _sandbox.AddItemAsync(ItemState.Candidate, Long);
        await _sandbox.AddItemAsync(ItemState.Published, Long);

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(
            health.Data,
            Is.EquivalentTo(
                new Dictionary<string, object>
                {
                    ["downloadItems"] = 0,
                    ["renderItems"] = 0,
                    ["gateItems"] = 0,
                    ["publishItems"] = 0,
                    ["waitingItems"] = 0,
                }
            )
        );
    }

    [Test]
    public async Task Items_under_way_are_counted_by_state()
    {
        await _sandbox.AddItemAsync(ItemState.Render, TimeSpan.FromMinutes(30));
        await _sandbox.AddItemAsync(ItemState.Render);
        await _sandbox.AddItemAsync(ItemState.Gate, TimeSpan.FromMinutes(59));

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(health.Data["renderItems"], Is.EqualTo(2));
        Assert.That(health.Data["gateItems"], Is.EqualTo(1));
        Assert.That(health.Data["oldestReadyMinutes"], Is.EqualTo(59));
    }

    [Test]
    public async Task An_item_that_could_work_for_long_is_degraded()
    {
        await _sandbox.AddItemAsync(ItemState.Render);
        var old = await _sandbox.AddItemAsync(ItemState.Publish, Long);

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(health.Description, Does.StartWith($"Item {old} could do its Publish for 61 min and has not"));
    }

    [Test]
    public async Task An_item_told_to_wait_could_work_only_from_then_on()
    {
        await _sandbox.AddItemAsync(ItemState.Render, 3 * Long, item => item.NotBefore = _sandbox.Now.AddMinutes(-1));

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(health.Data["oldestReadyMinutes"], Is.EqualTo(1));
    }

    [Test]
    public async Task Those_that_wait_are_counted_with_the_most_common_reason()
    {
        await WaitingAsync("the disk is full", waits: 1);
        await WaitingAsync("the folder is read-only", waits: 2);
        await WaitingAsync("the folder is read-only", waits: 0);

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(health.Data["waitingItems"], Is.EqualTo(3));
        Assert.That(health.Data["waitingReason"], Is.EqualTo("the folder is read-only"));
        Assert.That(health.Data, Does.Not.ContainKey("oldestReadyMinutes"));
    }

    [Test]
    public async Task One_that_waits_again_and_again_is_degraded_unless_the_daemon_only_shows_what_it_would_do()
    {
        await WaitingAsync("the folder is read-only", waits: 3);

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(health.Description, Does.StartWith("1 items wait").And.Contains("the folder is read-only."));
        Assert.That((await AskAsync(dryRun: true)).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task Items_of_a_channel_that_is_off_are_counted_but_no_trouble()
    {
        await _sandbox.AddItemAsync(ItemState.Render, Long);
        await WaitingAsync("the folder is read-only", waits: 3);

        var health = await AskAsync(isOn: false);

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(health.Data["renderItems"], Is.EqualTo(1));
    }

    private Task<ItemId> WaitingAsync(string reason, int waits) =>
        _sandbox.AddItemAsync(
            ItemState.Publish,
            Long,
            item => (item.NotBefore, item.Reason, item.Waits) = (_sandbox.Now.AddMinutes(5), reason, waits)
        );

    private Task<HealthCheckResult> AskAsync(bool dryRun = false, bool isOn = true) =>
        HealthSandbox.AskAsync(
            new QueueHealth(_databases, HealthSandbox.Options(dryRun: dryRun, isOn: isOn), _sandbox.Clock)
        );
}
