using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Health;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DatabaseHealthTests : IDisposable
{
    private readonly HealthSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Test]
    public async Task A_database_that_takes_changes_is_healthy_and_stays_as_it_was()
    {
        await _sandbox.PrepareAsync();

        var health = await AskAsync();
        health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(health.Data.Keys, Is.EquivalentTo(["answerMilliseconds", "fileMiB", "logMiB"]));
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from sqlite_master where name = 'HealthProbe'";
        Assert.That(await command.ExecuteScalarAsync(), Is.Zero);
    }

    [Test]
    public async Task The_probe_really_writes_to_the_disk()
    {
        await _sandbox.PrepareAsync();
        SqliteConnection.ClearAllPools();
        await using var keepsTheLog = await OpenAsync();
        await RunAsync(keepsTheLog, "insert into Channels values ('other', '2026-01-01')");
        var before = new FileInfo(_sandbox.DatabaseFile + "-wal").Length;

        await AskAsync();

        Assert.That(new FileInfo(_sandbox.DatabaseFile + "-wal").Length, Is.GreaterThan(before + 60_000));
    }

    [Test]
    public async Task A_database_that_somebody_keeps_locked_is_unhealthy()
    {
        await _sandbox.PrepareAsync();
        await using var other = await OpenAsync();
        await RunAsync(other, "begin immediate");

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Does.Contain("locked by another process").And.Contain(_sandbox.DatabaseFile));
    }

    [Test]
    public async Task A_database_that_cannot_be_written_is_unhealthy()
    {
        await _sandbox.PrepareAsync();

        var health = await AskAsync(";Mode=ReadOnly");

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Does.Contain("cannot be written"));
    }

    [Test]
    public async Task A_database_that_is_gone_is_unhealthy_and_is_not_made_anew()
    {
        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Does.Contain("cannot be opened"));
        Assert.That(_sandbox.DatabaseFile, Does.Not.Exist);
    }

    [Test]
    public async Task A_database_of_garbage_is_unhealthy()
    {
        await File.WriteAllTextAsync(_sandbox.DatabaseFile, new string('x', 10_000));

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Does.Contain("is damaged").And.Contain("Restore a backup"));
    }

    [Test]
    public void A_full_disk_is_named() =>
        Assert.That(
            DatabaseStart.Explain(new SqliteException("full", 13), "/data/shorts.db"),
            Is.EqualTo("There is no room on the disk of the database '/data/shorts.db'. Free some.")
        );

    [Test]
    public async Task Known_damage_is_unhealthy_until_it_is_mended()
    {
        var damage = _sandbox.Damage(await _sandbox.PrepareAsync());
        await damage.FoundAsync("The database is damaged. Restore a backup.", CancellationToken.None);

        Assert.That((await AskAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That((await AskAsync()).Description, Does.Contain("Restore a backup"));
        await damage.ClearAsync(CancellationToken.None);
        Assert.That((await AskAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    private Task<HealthCheckResult> AskAsync(string extra = "")
    {
        var databases = _sandbox.Databases(extra);
        return HealthSandbox.AskAsync(new DatabaseHealth(databases, _sandbox.Damage(databases), _sandbox.Clock));
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={_sandbox.DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
