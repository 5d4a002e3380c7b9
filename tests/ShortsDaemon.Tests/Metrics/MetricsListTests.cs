using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Host;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Host.Metrics;
using ShortsDaemon.Pipeline.Configuration;
using static ShortsDaemon.Tests.Configuration.ConfigurationSandbox;

namespace ShortsDaemon.Tests.Metrics;

/// <summary>Holds docs/metrics.md, the alert rules and the dashboard against what is exposed.</summary>
internal sealed partial class MetricsListTests
{
    private IReadOnlyList<Family> _families = null!;

    [OneTimeSetUp]
    public async Task ReadAsync()
    {
        var folder = Directory.CreateTempSubdirectory("metrics-");
        var live = new LiveOptions(
            new ShortsOptions
            {
                Daemon = new DaemonOptions { DataDirectory = folder.FullName },
                Storage = new StorageOptions
                {
                    ConnectionString = $"Data Source={folder.FullName}/none.db;Mode=ReadOnly",
                },
            }
        );
        var services = new ServiceCollection().AddLogging().AddPipeline(live).AddShortsHealth().AddShortsMetrics();
        await using (var provider = services.BuildServiceProvider())
            _families = await MetricsSetUp.ReadAsync(
                provider.GetRequiredService<Tally>(),
                provider.GetRequiredService<GaugeBook>()
            );
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    [Test]
    public void The_list_tells_every_metric_with_its_type_and_no_other()
    {
        var rows = File.ReadLines(RepositoryFile("docs/metrics.md"))
            .Where(line => line.StartsWith("| `shortsdaemon_", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Trim('`'), cells[2]));

        Assert.That(rows, Is.EqualTo(_families.Select(f => (f.Name, f.Kind.ToString().ToLowerInvariant()))));
    }

    [Test]
    public void Names_follow_the_rules_of_Prometheus()
    {
        foreach (var family in _families)
        {
            Assert.That(family.Name, Does.Match("^shortsdaemon_[a-z]+(_[a-z]+)*$"));
            Assert.That(family.Help, Is.Not.Empty, family.Name);
            Assert.That(
                family.Name.EndsWith("_total", StringComparison.Ordinal),
                Is.EqualTo(family.Kind == FamilyKind.Counter),
                family.Name
            );
        }
    }

    [TestCase("deploy/prometheus/shortsdaemon.rules.yml")]
    [TestCase("deploy/prometheus/shortsdaemon.rules.test.yml")]
    [TestCase("deploy/grafana/shortsdaemon.json")]
    public void What_is_asked_for_exists(string file)
    {
        var known = _families.SelectMany(NamesOf).ToHashSet();

        var asked = Names().Matches(File.ReadAllText(RepositoryFile(file))).Select(m => m.Value).Distinct().ToList();

        Assert.That(asked, Has.Count.GreaterThan(8));
        Assert.That(asked, Is.SubsetOf(known));
    }

    [Test]
    public void Every_panel_of_the_dashboard_asks_something_and_has_a_place_of_its_own()
    {
        using var board = JsonDocument.Parse(File.ReadAllBytes(RepositoryFile("deploy/grafana/shortsdaemon.json")));
        var panels = board.RootElement.GetProperty("panels").EnumerateArray().ToList();

        Assert.That(panels.Select(p => p.GetProperty("id").GetInt32()), Is.Unique);
        Assert.That(panels.Select(p => p.GetProperty("gridPos").ToString()), Is.Unique);
        foreach (var panel in panels)
        foreach (var target in panel.GetProperty("targets").EnumerateArray())
            Assert.That(
                target.GetProperty("expr").GetString(),
                Does.Contain("shortsdaemon_").And.Contains("instance=~\"$instance\""),
                panel.GetProperty("title").GetString()
            );
    }

    private static IEnumerable<string> NamesOf(Family family) =>
        family.Kind == FamilyKind.Histogram
            ? [family.Name + "_bucket", family.Name + "_sum", family.Name + "_count"]
            : [family.Name];

    [GeneratedRegex("shortsdaemon_[a-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
