using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Health;

namespace ShortsDaemon.Tests.Health;

public sealed class HealthJsonTests
{
    // As HealthChecks.UI.Client writes it: members in camelCase, data keys as they are, null members left out.
    private const string Recorded = """
        {
          "status": "Unhealthy",
          "totalDuration": "00:00:00.0123456",
          "entries": {
            "database": {
              "data": { "fileMiB": 1.5, "Encodng": "no such key" },
              "description": "Can be read and written",
              "duration": "00:00:00.0012345",
              "status": "Healthy",
              "tags": [ "ready" ]
            },
            "disk": {
              "data": {},
              "description": "It broke",
              "duration": "1.00:00:02",
              "exception": "It broke",
              "status": "Unhealthy",
              "tags": []
            },
            "queue": {
              "data": { "items": 3 },
              "duration": "00:00:00",
              "status": "Degraded",
              "tags": []
            }
          }
        }
        """;

    [Test]
    public void The_form_is_that_of_HealthChecks_UI_field_by_field()
    {
        var data = new Dictionary<string, object> { ["fileMiB"] = 1.5, ["Encodng"] = "no such key" };
        var report = Report(
            ("database", new(HealthStatus.Healthy, "Can be read and written", new(12345), null, data, ["ready"])),
            ("disk", new(HealthStatus.Unhealthy, null, new(1, 0, 0, 2), Thrown(), null)),
            ("queue", new(HealthStatus.Degraded, null, default, null, new Dictionary<string, object> { ["items"] = 3 }))
        );

        var written = Encoding.UTF8.GetString(HealthJson.Write(report));

        Assert.That(written, Is.EqualTo(JsonNode.Parse(Recorded)!.ToJsonString()));
    }

    [Test]
    public void Neither_stack_nor_secret_comes_out()
    {
        var leak = new InvalidOperationException("GET https://api.example/clip?token=abc said: client_secret=s3cr3t!");
        var data = new Dictionary<string, object> { ["reason"] = "Authorization: Bearer abcdefgh12345" };
        var report = Report(("work", new(HealthStatus.Unhealthy, "ftp://me:pass@host/x", default, leak, data)));

        var written = Encoding.UTF8.GetString(HealthJson.Write(report));

        Assert.That(
            written,
            Does.Not.Contain("abc").And.Not.Contain("s3cr3t").And.Not.Contain("pass").And.Not.Contain(" at ")
        );
        Assert.That(written, Does.Contain("https://api.example/clip?***").And.Contain("ftp://***@host/x"));
    }

    [TestCase("'/srv/in box/a?b.mp4' is not usable: 12 % of 3 min")]
    [TestCase("Health:DiskMinimumMiB is 500; see https://example.org/help")]
    public void A_plain_text_stays_as_it_is(string text) => Assert.That(SecretFree.Text(text), Is.EqualTo(text));

    [TestCase("Data Source=x.db;Password=hunter2;Pooling=True", "Data Source=x.db;Password=***;Pooling=True")]
    [TestCase("""{"access_token": "a.b-c", "n": 1}""", """{"access_token": "***", "n": 1}""")]
    [TestCase("POST https://u:p@h/a?k=v failed", "POST https://***@h/a?*** failed")]
    public void Secrets_are_hidden(string text, string shown) => Assert.That(SecretFree.Text(text), Is.EqualTo(shown));

    private static HealthReport Report(params (string Name, HealthReportEntry Entry)[] entries) =>
        new(entries.ToDictionary(entry => entry.Name, entry => entry.Entry), new TimeSpan(123456));

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("It broke");
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
