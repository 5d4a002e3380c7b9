using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Metrics;

/// <summary>The alert rules, judged by Prometheus' own tool.</summary>
public sealed class RulesTests
{
    /// <summary>Of deploy/prometheus in the source folder.</summary>
    public static string PathOf(string file)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ShortsDaemon.sln")))
            at = at.Parent!;
        return Path.Combine(at.FullName, "deploy", "prometheus", file);
    }

    [SetUp]
    public void NeedsTool()
    {
        if (ToolPath.Find("promtool") is null)
            Assert.Ignore("promtool (package prometheus) is not installed on this machine");
    }

    [Test]
    public async Task They_are_valid()
    {
        var said = await Recordings.ToolAsync("promtool", "check", "rules", PathOf("shortsdaemon.rules.yml"));

        Assert.That(said, Does.Contain("SUCCESS: 14 rules found"));
    }

    [Test]
    public async Task A_box_that_is_well_is_silent_and_each_trouble_is_told()
    {
        var said = await Recordings.ToolAsync("promtool", "test", "rules", PathOf("shortsdaemon.rules.test.yml"));

        Assert.That(said, Does.Contain("SUCCESS"));
    }
}
