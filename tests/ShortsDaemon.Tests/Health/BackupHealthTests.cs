using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Tests.Health;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BackupHealthTests : IDisposable
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(30);
    private readonly HealthSandbox _box = new();

    public void Dispose() => _box.Dispose();

    [Test]
    public async Task A_young_one_is_healthy_and_its_figures_are_told()
    {
        var live = Options();
        BackupFolders.At(live, _box.Now.AddHours(-20));

        var health = await AskAsync(live, LongAgo);

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(health.Data["latestAgeHours"], Is.EqualTo(20));
        Assert.That(health.Data["backups"], Is.EqualTo(1));
        Assert.That(health.Data["folder"], Is.EqualTo(live.Value.Backup.Directory));
    }

    [Test]
    public async Task When_two_were_missed_it_says_so_with_the_mend_and_broken_ones_do_not_count()
    {
        var live = Options();
        BackupFolders.At(live, _box.Now.AddHours(-60));
        BackupFolders.At(live, _box.Now.AddHours(-2), isWhole: false);

        var health = await AskAsync(live, LongAgo);

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(
            health.Description,
            Does.Contain("is 60 h old, although 2 were due").And.EndsWith("ShortsDaemon job backup")
        );
    }

    [Test]
    public async Task None_at_all_is_trouble_once_two_were_due_since_the_start()
    {
        Assert.That((await AskAsync(Options(), TimeSpan.FromHours(3))).Status, Is.EqualTo(HealthStatus.Healthy));
        var health = await AskAsync(Options(), TimeSpan.FromDays(3));
        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(health.Description, Does.StartWith("There is no good backup in '"));
    }

    [Test]
    public async Task Just_started_it_waits_for_the_one_that_is_made_up_for()
    {
        var live = Options();
        BackupFolders.At(live, _box.Now.AddDays(-9));

        Assert.That((await AskAsync(live, TimeSpan.FromMinutes(30))).Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That((await AskAsync(live, TimeSpan.FromMinutes(61))).Status, Is.EqualTo(HealthStatus.Degraded));
    }

    [Test]
    public async Task Without_a_schedule_nothing_is_missed()
    {
        var health = await AskAsync(Options(schedule: ""), LongAgo);

        Assert.That(
            (health.Status, health.Description),
            Is.EqualTo((HealthStatus.Healthy, "Only by hand (Backup:Schedule)"))
        );
    }

    private LiveOptions Options(string schedule = "0 0 4 * * ?") =>
        new(
            new ShortsOptions
            {
                Backup = new BackupOptions { Directory = Path.Combine(_box.Data.Root, "backups"), Schedule = schedule },
            }
        );

    private Task<HealthCheckResult> AskAsync(LiveOptions live, TimeSpan sinceStart) =>
        HealthSandbox.AskAsync(new BackupHealth(live, new DaemonStart(_box.Now - sinceStart), _box.Clock));
}
