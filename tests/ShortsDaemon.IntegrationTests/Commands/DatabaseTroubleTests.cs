using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Commands;

/// <summary>The reading commands with a database that is in use, locked, foreign or damaged.</summary>
public sealed class DatabaseTroubleTests
{
    private Sandbox _sandbox = null!;

    [SetUp]
    public async Task MakeSandbox()
    {
        _sandbox = new Sandbox();
        await _sandbox.MakeDatabaseAsync();
    }

    [TearDown]
    public void RemoveSandbox() => _sandbox.Dispose();

    [Test]
    public async Task A_writer_at_work_does_not_disturb()
    {
        await using var writer = _sandbox.Connect();
        await writer.OpenAsync();
        await using var transaction = writer.BeginTransaction();
        await using var command = writer.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "update Items set Title = 'unfinished'";
        await command.ExecuteNonQueryAsync();

        var history = await _sandbox.RunAsync("history");
        Assert.That(history.ExitCode, Is.Zero, history.Errors);
        Assert.That(history.Output, Does.Contain("match point").And.Not.Contain("unfinished"));
        Assert.That((await _sandbox.RunAsync("explain", "1")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_database_locked_for_one_alone_is_1_with_a_message()
    {
        await using var owner = _sandbox.Connect();
        await owner.OpenAsync();
        await using var command = owner.CreateCommand();
        command.CommandText = "pragma locking_mode=exclusive; begin exclusive; update Items set Title = Title; commit;";
        await command.ExecuteNonQueryAsync();

        var history = await _sandbox.RunAsync("history");
        Assert.That((history.ExitCode, history.Output), Is.EqualTo((1, "")));
        Assert.That(history.Errors, Does.Contain("is locked by another process"));
    }

    [TestCase(
        "insert into __EFMigrationsHistory values ('29990101000000_Later', '99')",
        "written by a newer ShortsDaemon"
    )]
    [TestCase("delete from __EFMigrationsHistory", "written by an older ShortsDaemon")]
    public async Task Another_version_is_1_and_is_left_alone(string change, string message)
    {
        await _sandbox.ExecuteAsync(change);
        var before = await File.ReadAllBytesAsync(_sandbox.Database);
        foreach (var arguments in new[] { new[] { "history" }, ["explain", "1"] })
        {
            var answer = await _sandbox.RunAsync(arguments);
            Assert.That((answer.ExitCode, answer.Output), Is.EqualTo((1, "")));
            Assert.That(answer.Errors, Does.Contain(message));
        }
        Assert.That(await File.ReadAllBytesAsync(_sandbox.Database), Is.EqualTo(before));
    }

    [Test]
    public async Task Damage_is_1_with_a_message()
    {
        await File.WriteAllTextAsync(_sandbox.Database, new string('x', 10000));
        var answer = await _sandbox.RunAsync("history");
        Assert.That((answer.ExitCode, answer.Output), Is.EqualTo((1, "")));
        Assert.That(answer.Errors, Does.Contain("is damaged"));
    }
}
