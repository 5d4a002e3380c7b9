using System.Text.Json;
using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Commands;

/// <summary>The command prune of the built program.</summary>
public sealed class PruneCommandTests
{
    private Sandbox _sandbox = null!;

    [SetUp]
    public void MakeSandbox() => _sandbox = new Sandbox();

    [TearDown]
    public void RemoveSandbox() => _sandbox.Dispose();

    [Test]
    public async Task What_the_preview_shows_is_what_goes()
    {
        Assert.That((await _sandbox.RunAsync("prune", "--preview")).Output, Is.EqualTo("Nothing would go."));
        await _sandbox.MakeDatabaseAsync();
        // Item 2 has ended, item 1 has not.
        var (ended, candidate) = (Work("2"), Work("1"));

        var preview = await _sandbox.RunAsync("prune", "--preview", "--json");
        using var json = JsonDocument.Parse(preview.Output);
        var shown = json.RootElement.EnumerateArray().Single(e => e.GetProperty("kind").GetString() == "work folder");
        Assert.That(shown.GetProperty("what").GetString(), Is.EqualTo(ended));
        Assert.That(shown.GetProperty("sizeBytes").GetInt64(), Is.EqualTo(1 << 20));
        Assert.That(Directory.Exists(ended), Is.True);

        var pruned = await _sandbox.RunAsync("prune");
        Assert.That(pruned.ExitCode, Is.Zero, pruned.Errors);
        Assert.That(pruned.Output, Does.Contain("1 of work folder").And.EndWith("1.0 MiB of files"));
        Assert.That(Directory.Exists(ended), Is.False);
        Assert.That(Directory.Exists(candidate), Is.True);
        Assert.That((await _sandbox.RunAsync("job", "upkeep")).Output, Does.StartWith("the database is whole"));
    }

    private string Work(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_sandbox.Data, "work", name)).FullName;
        var file = Path.Combine(folder, "short.mp4");
        File.WriteAllBytes(file, new byte[1 << 20]);
        var old = TimeProvider.System.GetUtcNow().AddDays(-2).UtcDateTime;
        File.SetLastWriteTimeUtc(file, old);
        Directory.SetLastWriteTimeUtc(folder, old);
        return folder;
    }
}
