using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Health;

internal sealed class CanaryHealthTests
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(3);

    private HealthSandbox _box = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _box = new HealthSandbox();
        await _box.PrepareAsync();
    }

    [TearDown]
    public void Close() => _box.Dispose();

    [Test]
    public async Task Lately_made_is_healthy_and_long_ago_is_not()
    {
        await AddAsync(JobOutcome.Succeeded, TimeSpan.FromMinutes(40));
        Assert.That(await AskAsync(), Is.EqualTo(HealthStatus.Healthy));
        _box.Clock.Advance(TimeSpan.FromHours(2));
        Assert.That(await AskAsync(), Is.EqualTo(HealthStatus.Unhealthy));
    }

    [Test]
    public async Task One_failure_is_a_warning_and_several_are_worse()
    {
        await AddAsync(JobOutcome.Succeeded, TimeSpan.FromMinutes(40));
        await AddAsync(JobOutcome.Failed, TimeSpan.FromMinutes(20));
        Assert.That(await AskAsync(), Is.EqualTo(HealthStatus.Degraded));
        _box.Clock.Advance(TimeSpan.FromMinutes(40));
        await AddAsync(JobOutcome.Failed, TimeSpan.Zero);
        var result = await HealthSandbox.AskAsync(Check(LongAgo));
        Assert.That(result.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(result.Description, Does.Contain("the disk is full"));
    }

    [Test]
    public async Task A_real_Short_proves_as_much()
    {
        await AddAsync(JobOutcome.Failed, TimeSpan.FromHours(1));
        var item = await _box.AddItemAsync(ItemState.Publish);
        await AddAttemptAsync(item, TimeSpan.FromMinutes(5));
        Assert.That(await AskAsync(), Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task After_a_start_it_has_time_until_the_first_is_made()
    {
        Assert.That((await HealthSandbox.AskAsync(Check(TimeSpan.Zero))).Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That((await HealthSandbox.AskAsync(Check(LongAgo))).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }

    [Test]
    public async Task Switched_off_it_says_so()
    {
        var check = Check(LongAgo, schedule: "");
        var result = await HealthSandbox.AskAsync(check);
        Assert.That(
            (result.Status, result.Description),
            Is.EqualTo((HealthStatus.Healthy, "Switched off (Health:CanarySchedule)"))
        );
    }

    private async Task<HealthStatus> AskAsync() => (await HealthSandbox.AskAsync(Check(LongAgo))).Status;

    private CanaryHealth Check(TimeSpan startedAgo, string schedule = "0 13/30 * * * ?") =>
        new(
            _box.Databases(),
            HealthSandbox.Options(new() { CanarySchedule = schedule }),
            new DaemonStart(_box.Now - startedAgo),
            _box.Clock
        );

    private async Task AddAsync(JobOutcome outcome, TimeSpan ago)
    {
        await using var db = await _box.Databases().CreateDbContextAsync();
        db.JobRuns.Add(
            new JobRun
            {
                Job = "canary",
                Outcome = outcome,
                StartedAt = _box.Now - ago,
                EndedAt = _box.Now - ago,
                Message = outcome == JobOutcome.Failed ? "the disk is full" : "made",
            }
        );
        await db.SaveChangesAsync();
    }

    private async Task AddAttemptAsync(ItemId item, TimeSpan ago)
    {
        await using var db = await _box.Databases().CreateDbContextAsync();
        db.Attempts.Add(
            new Attempt
            {
                ItemId = item,
                Stage = ItemState.Gate,
                StartedAt = _box.Now - ago,
                EndedAt = _box.Now - ago,
                Result = AttemptResult.Advanced,
            }
        );
        await db.SaveChangesAsync();
    }
}
