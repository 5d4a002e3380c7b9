using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Metrics;

/// <summary>The metrics of the real daemon after a real Short, read by people and by a real Prometheus.</summary>
internal sealed partial class MetricsTests : DaemonTests
{
    private readonly HttpClient _http = new();

    [OneTimeTearDown]
    public void Close() => _http.Dispose();

    [Test]
    public async Task After_a_Short_they_tell_what_was_done()
    {
        await using var daemon = await MakeShortAsync();

        var text = await _http.GetStringAsync(AddressOf(daemon) + "/metrics");

        var read = Read(text);
        Assert.Multiple(() =>
        {
            Assert.That(read["shortsdaemon_items{state=\"published\"}"], Is.EqualTo(1));
            Assert.That(SumOf(read, "shortsdaemon_encodes_total"), Is.EqualTo(1));
            Assert.That(SumOf(read, "shortsdaemon_encoder_chosen"), Is.EqualTo(1));
            foreach (var stage in (string[])["download", "render", "gate", "publish"])
                Assert.That(
                    read[$"shortsdaemon_stage_duration_seconds_count{{stage=\"{stage}\",outcome=\"advanced\"}}"],
                    Is.EqualTo(1),
                    stage
                );
            Assert.That(
                read["shortsdaemon_downloaded_bytes_total{source=\"Folder\"}"],
                Is.EqualTo(new FileInfo(Path.Combine(Box.Inbox, "a.mp4")).Length)
            );
            Assert.That(
                read["shortsdaemon_uploaded_bytes_total{destination=\"Folder\"}"],
                Is.EqualTo(new FileInfo(Box.Shorts().Single()).Length)
            );
            Assert.That(read["shortsdaemon_runs_total{channel=\"inbox\",outcome=\"succeeded\"}"], Is.AtLeast(1));
            Assert.That(read["shortsdaemon_alerts_open{rule=\"DiskLow\",level=\"critical\"}"], Is.EqualTo(1));
            Assert.That(read["shortsdaemon_disk_free_bytes{place=\"inbox/Folder\"}"], Is.Positive);
            Assert.That(read["shortsdaemon_memory_resident_bytes"], Is.InRange(1e7, 1e9));
            Assert.That(
                read.Where(r => r.Key.StartsWith("shortsdaemon_gauges_readable", StringComparison.Ordinal)),
                Has.Exactly(6).Property("Value").EqualTo(1)
            );
            Assert.That(text, Does.Not.Contain("planted"));
        });
        AssertLabelsAreListed(read.Keys);
        await AssertScrapedAsync(AddressOf(daemon), text);
    }

    /// <summary>A Short, an open alert, and a receiver whose address is secret and leads nowhere.</summary>
    private async Task<DaemonProcess> MakeShortAsync()
    {
        Box.Config["Alerts"] = new JsonArray(
            new JsonObject { ["Type"] = "Webhook", ["Url"] = "http://127.0.0.1:1/planted-path?token=planted-token" }
        );
        Box.Save();
        var daemon = await Box.StartedAsync();
        await using (var db = Box.OpenDatabase(toWrite: true))
        {
            db.Alerts.Add(
                new Alert
                {
                    Rule = "DiskLow",
                    Subject = "planted-subject",
                    Level = AlertLevel.Critical,
                    Message = "Never in a label: planted-message",
                    RaisedAt = TimeProvider.System.GetUtcNow().AddMinutes(-1),
                }
            );
            await db.SaveChangesAsync();
        }
        await Box.DropAsync("a.mp4", 1);
        await Box.EndedAsync(1);
        await daemon.SaysAsync("Webhook could not be told");
        var health = await _http.GetStringAsync(AddressOf(daemon) + "/health/live");
        using var all = await _http.GetAsync(AddressOf(daemon) + "/health");
        Assert.That(health + await all.Content.ReadAsStringAsync(), Does.Not.Contain("planted"));
        return daemon;
    }

    private static async Task AssertScrapedAsync(string address, string text)
    {
        if (ToolPath.Find("promtool") is null || ToolPath.Find("prometheus") is null)
            Assert.Ignore("promtool and prometheus are not installed on this machine; the rest was checked");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text);
            // Says nothing and ends with 0 when there is nothing to complain of.
            Assert.That(await Recordings.ToolAsync("sh", "-c", $"promtool check metrics < '{file}' 2>&1"), Is.Empty);
        }
        finally
        {
            File.Delete(file);
        }
        await using var prometheus = new Prometheus(
            new Uri(address).Authority,
            RulesTests.PathOf("shortsdaemon.rules.yml")
        );
        Assert.That(await prometheus.AskAsync("up{job=\"shortsdaemon\"}"), Is.EqualTo(1));
        Assert.That(await prometheus.AskAsync("shortsdaemon_items{state=\"published\"}"), Is.EqualTo(1));
        Assert.That(
            await prometheus.AskAsync(
                "histogram_quantile(0.9, sum by (le) (shortsdaemon_stage_duration_seconds_bucket{stage=\"render\"}))"
            ),
            Is.InRange(0.1, 60)
        );
        Assert.That(
            await prometheus.AskAsync("ALERTS{alertname=\"ShortsDaemonNeedsYou\",rule=\"DiskLow\"}"),
            Is.EqualTo(1)
        );
    }

    private static string AddressOf(DaemonProcess daemon) => Address().Match(daemon.Log).Groups["url"].Value;

    private static Dictionary<string, double> Read(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => (line, At: line.LastIndexOf(' ')))
            .ToDictionary(l => l.line[..l.At], l => double.Parse(l.line[l.At..], CultureInfo.InvariantCulture));

    private static double SumOf(Dictionary<string, double> read, string name) =>
        read.Where(r => r.Key.StartsWith(name + "{", StringComparison.Ordinal)).Sum(r => r.Value);

    private static void AssertLabelsAreListed(IEnumerable<string> series)
    {
        var list = Path.Combine(RulesTests.PathOf("x"), "../../../docs/metrics.md");
        var rows = File.ReadLines(Path.GetFullPath(list))
            .Where(line => line.StartsWith("| `shortsdaemon_", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('`')[1], line => line.Split('|')[3]);
        foreach (var one in series.Where(s => s.Contains('{')))
        {
            var name = HistogramSuffix().Replace(one[..one.IndexOf('{')], "");
            foreach (var label in LabelName().Matches(one).Select(m => m.Groups["name"].Value).Where(l => l != "le"))
                Assert.That(rows[name], Does.Contain($"`{label}`"), one);
        }
    }

    [GeneratedRegex(
        @"health at (?<url>http://127\.0\.0\.1:\d+)/health",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Address();

    [GeneratedRegex("_(?:bucket|sum|count)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HistogramSuffix();

    [GeneratedRegex("[{,](?<name>[a-z]+)=\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LabelName();
}
