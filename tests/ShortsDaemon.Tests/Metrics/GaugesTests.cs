using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Host.Metrics;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Health;

namespace ShortsDaemon.Tests.Metrics;

/// <summary>What is read from the database and the disk.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GaugesTests : IDisposable
{
    private readonly HealthSandbox _box = new();
    private IDbContextFactory<ShortsDb> _databases = null!;

    [SetUp]
    public async Task PrepareAsync() => _databases = await _box.PrepareAsync();

    public void Dispose() => _box.Dispose();

    [Test]
    public async Task Items_are_counted_by_state_and_by_what_they_could_do()
    {
        await _box.AddItemAsync(ItemState.Candidate);
        await _box.AddItemAsync(ItemState.Published);
        await _box.AddItemAsync(ItemState.Render, TimeSpan.FromMinutes(5));
        await _box.AddItemAsync(ItemState.Render, TimeSpan.FromMinutes(9), i => i.NotBefore = _box.Now.AddMinutes(-2));
        await _box.AddItemAsync(ItemState.Publish, TimeSpan.FromDays(1), i => i.NotBefore = _box.Now.AddHours(1));
        await _box.AddItemAsync(ItemState.Render, TimeSpan.FromDays(9), i => i.Id = CanaryItem.Id);

        var read = await ReadAsync(new ItemGauges(_databases, _box.Clock));

        Assert.Multiple(() =>
        {
            Assert.That(read["shortsdaemon_items{state=candidate}"], Is.EqualTo(1));
            Assert.That(read["shortsdaemon_items{state=published}"], Is.EqualTo(1));
            Assert.That(read["shortsdaemon_items{state=render}"], Is.EqualTo(2));
            Assert.That(read["shortsdaemon_items{state=failed}"], Is.Zero);
            Assert.That(read["shortsdaemon_queue_items{stage=render}"], Is.EqualTo(2));
            Assert.That(read["shortsdaemon_queue_oldest_age_seconds{stage=render}"], Is.EqualTo(300));
            Assert.That(read["shortsdaemon_queue_waiting_items{stage=render}"], Is.Zero);
            Assert.That(read["shortsdaemon_queue_items{stage=publish}"], Is.Zero);
            Assert.That(read["shortsdaemon_queue_waiting_items{stage=publish}"], Is.EqualTo(1));
            Assert.That(read["shortsdaemon_queue_oldest_age_seconds{stage=publish}"], Is.Zero);
        });
    }

    [Test]
    public async Task Open_alerts_and_the_last_success_of_each_job()
    {
        await using (var db = await _databases.CreateDbContextAsync())
        {
            db.Alerts.Add(Alert("DiskLow", "data", AlertLevel.Warning));
            db.Alerts.Add(Alert("DiskLow", "work", AlertLevel.Warning));
            db.Alerts.Add(Alert("DiskFull", "work", AlertLevel.Critical, _box.Now));
            db.JobRuns.Add(Run("backup", JobOutcome.Succeeded, TimeSpan.FromHours(5)));
            db.JobRuns.Add(Run("backup", JobOutcome.Succeeded, TimeSpan.FromHours(2)));
            db.JobRuns.Add(Run("backup", JobOutcome.Failed, TimeSpan.FromHours(1)));
            db.JobRuns.Add(Run("prune", JobOutcome.Failed, TimeSpan.FromHours(1)));
            await db.SaveChangesAsync();
        }

        var read = await ReadAsync(new UpkeepGauges(_databases));

        Assert.That(
            read,
            Is.EquivalentTo(
                new Dictionary<string, double>
                {
                    ["shortsdaemon_alerts_open{rule=DiskLow,level=warning}"] = 2,
                    ["shortsdaemon_job_last_success_timestamp_seconds{job=backup}"] = _box
                        .Now.AddHours(-2)
                        .ToUnixTimeSeconds(),
                }
            )
        );
    }

    [Test]
    public async Task Without_a_good_backup_there_is_no_age()
    {
        var options = new LiveOptions(
            new ShortsOptions { Backup = new BackupOptions { Directory = _box.Data.Root + "/backups" } }
        );
        var gauges = new BackupGauges(options, _box.Clock);
        Assert.That(
            await ReadAsync(gauges),
            Is.EquivalentTo(new Dictionary<string, double> { ["shortsdaemon_backups{}"] = 0 })
        );
        BackupFolders.At(options, _box.Now.AddHours(-30));
        BackupFolders.At(options, _box.Now.AddHours(-6));
        BackupFolders.At(options, _box.Now.AddHours(-1), isWhole: false);

        var read = await ReadAsync(gauges);

        Assert.That(read["shortsdaemon_backups{}"], Is.EqualTo(2));
        Assert.That(read["shortsdaemon_backup_age_seconds{}"], Is.EqualTo(6 * 3600));
        Assert.That(read["shortsdaemon_backup_size_bytes{}"], Is.EqualTo(BackupFolders.SizeBytes));
    }

    private static async Task<Dictionary<string, double>> ReadAsync(IGauges gauges)
    {
        var read = await gauges.ReadAsync(CancellationToken.None);
        Assert.That(read.Select(r => r.Gauge).Distinct(), Is.SubsetOf(gauges.All));
        return read.ToDictionary(
            r => $"{r.Gauge.Name}{{{string.Join(',', r.Sample.Labels.Select(l => $"{l.Name}={l.Value}"))}}}",
            r => r.Sample.Value
        );
    }

    private Alert Alert(string rule, string subject, AlertLevel level, DateTimeOffset? resolved = null) =>
        new()
        {
            Rule = rule,
            Subject = subject,
            Level = level,
            Message = "It is so.",
            RaisedAt = _box.Now,
            ResolvedAt = resolved,
        };

    private JobRun Run(string job, JobOutcome outcome, TimeSpan ago) =>
        new()
        {
            Job = job,
            Outcome = outcome,
            StartedAt = _box.Now - ago,
            EndedAt = _box.Now - ago,
        };
}
