using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Commands;

/// <summary>`import history` of the built program.</summary>
public sealed class ImportCommandTests
{
    private Sandbox _sandbox = null!;

    [SetUp]
    public void MakeSandbox() => _sandbox = new Sandbox();

    [TearDown]
    public void RemoveSandbox() => _sandbox.Dispose();

    [Test]
    public async Task It_tells_what_it_understood_keeps_it_once_and_only_when_asked_to()
    {
        var file = Write("clip_id,title,likes\nBraveOtter1,one\n,,\nBraveOtter2,two,3\nBraveOtter3,three,4\n");

        var dry = await _sandbox.RunAsync("import", "history", file, "--dry-run");

        Assert.That(dry.ExitCode, Is.Zero, dry.Errors);
        Assert.That(dry.Output, Does.Contain("old.csv: CSV separated by ',', 4 rows"));
        Assert.That(dry.Output, Does.Contain("  clip id    from the column 'clip_id'"));
        Assert.That(dry.Output, Does.Contain("  not used: likes"));
        Assert.That(dry.Output, Does.EndWith("2 would be kept, 0 known already, 0 not posted, 2 bad."));
        Assert.That(dry.Errors, Does.Contain("line 2: it has 2 cells, the header has 3"));
        Assert.That(File.Exists(_sandbox.Database), Is.False);

        var first = await _sandbox.RunAsync("import", "history", file);
        Assert.That(first.Output, Does.EndWith("2 kept, 0 known already, 0 not posted, 2 bad."), first.Errors);
        var again = await _sandbox.RunAsync("import", "history", file);
        Assert.That(again.Output, Does.EndWith("0 kept, 2 known already, 0 not posted, 2 bad."), again.Errors);
    }

    [Test]
    public async Task What_tells_nothing_is_refused()
    {
        var nothing = await _sandbox.RunAsync("import", "history", Write("likes\n3\n"));
        Assert.That(nothing.ExitCode, Is.EqualTo(3));
        Assert.That(nothing.Errors, Does.Contain("its columns are: likes"));
        var missing = await _sandbox.RunAsync("import", "history", Path.Combine(_sandbox.Root, "none.csv"));
        Assert.That(missing.ExitCode, Is.EqualTo(3));
    }

    private string Write(string text)
    {
        var file = Path.Combine(_sandbox.Root, "old.csv");
        File.WriteAllText(file, text);
        return file;
    }
}
