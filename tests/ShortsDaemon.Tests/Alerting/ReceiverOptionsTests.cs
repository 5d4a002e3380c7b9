using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Tests.Configuration;

namespace ShortsDaemon.Tests.Alerting;

/// <summary>Receivers in the configuration.</summary>
internal sealed class ReceiverOptionsTests
{
    private ConfigurationSandbox _box = null!;

    [SetUp]
    public void MakeBox() => _box = new ConfigurationSandbox();

    [TearDown]
    public void CleanUp() => _box.Dispose();

    [Test]
    public void All_of_them_can_be_written()
    {
        var reading = Read(
            """
            { "Type": "Telegram", "TokenFile": "bot", "ChatId": "-1", "MinLevel": "Critical" },
            { "Type": "Discord", "UrlFile": "d" },
            { "Type": "Slack", "Url": "https://hooks.slack.com/x", "Rules": ["DiskLow", "JobFailed"] },
            { "Type": "Ntfy", "Topic": "t", "QuietHours": { "Hours": "22:00-07:00", "TimeZone": "Europe/Berlin" } },
            { "Type": "Webhook", "Url": "http://127.0.0.1:9/x", "SecretFile": "s" },
            { "Type": "Command", "Program": "logger", "Arguments": ["-t", "shorts"], "MaxPerHour": 5 }
            """
        );
        Assert.That(reading.Problems, Is.Empty);
        Assert.That(
            reading.Options!.Alerts.ConvertAll(r => r.NameOrType),
            Is.EqualTo(new[] { "Telegram", "Discord", "Slack", "Ntfy", "Webhook", "Command" })
        );
        Assert.That(reading.Options.Alerts[0].SecretFiles.Single(), Is.EqualTo(Path.Combine(_box.Etc, "bot")));
    }

    [TestCase("""{ "Type": "Telegram", "ChatId": "1" }""", "Alerts:0:TokenFile")]
    [TestCase("""{ "Type": "Telegram", "TokenFile": "a", "BotToken": "b", "ChatId": "1" }""", "Alerts:0:BotToken")]
    [TestCase("""{ "Type": "Telegram", "TokenFile": "a" }""", "Alerts:0:ChatId")]
    [TestCase("""{ "Type": "Discord" }""", "Alerts:0:UrlFile")]
    [TestCase("""{ "Type": "Slack", "Url": "http://hooks.example/secret" }""", "Alerts:0:Url")]
    [TestCase("""{ "Type": "Webhook", "Url": "secret" }""", "Alerts:0:Url")]
    [TestCase("""{ "Type": "Ntfy" }""", "Alerts:0:Topic")]
    [TestCase("""{ "Type": "Command" }""", "Alerts:0:Program")]
    [TestCase("""{ "Type": "Pigeon" }""", "Alerts:0:Type")]
    [TestCase("""{ "Type": "Command", "Program": "x", "MaxPerHour": 0 }""", "Alerts:0:MaxPerHour")]
    [TestCase(
        """{ "Type": "Command", "Program": "x", "QuietHours": { "Hours": "late" } }""",
        "Alerts:0:QuietHours:Hours"
    )]
    [TestCase(
        """{ "Type": "Command", "Program": "x", "QuietHours": { "TimeZone": "Moon" } }""",
        "Alerts:0:QuietHours:TimeZone"
    )]
    [TestCase("""{ "Type": "Command", "Program": "x" }, { "Type": "Command", "Program": "y" }""", "Alerts")]
    public void A_mistake_is_named_with_its_key_and_no_secret(string receivers, string key)
    {
        var reading = Read(receivers);
        Assert.That(reading.IsGood, Is.False);
        Assert.That(reading.Problems.Select(p => p.Key), Is.EqualTo(new[] { key }));
        Assert.That(reading.Problems.Single().ToString(), Does.Not.Contain("secret\""));
        Assert.That(reading.Problems.Single().ToString(), Does.Not.Contain("/secret"));
    }

    [Test]
    public void A_rule_that_nobody_knows_is_a_warning()
    {
        var reading = Read("""{ "Type": "Command", "Program": "x", "Rules": ["DiscLow"] }""");
        Assert.That(reading.IsGood);
        Assert.That(reading.Problems.Single().ToString(), Does.Contain("Did you mean DiskLow?"));
    }

    [Test]
    public void A_watcher_elsewhere_is_reached_under_cover()
    {
        var reading = _box.ReadJson(
            ConfigurationSandbox.WithChannel(root: """ "HealthPing": { "Url": "http://hc.example/secret" } """)
        );
        Assert.That(reading.Problems.Single().ToString(), Does.StartWith("HealthPing:Url: secrets would travel"));
    }

    // The clocks in Berlin leap from 2:00 to 3:00 on 2026-03-29, and back from 3:00 to 2:00 on 2026-10-25.
    [TestCase("22:00-07:00", "2026-03-28T20:59:00Z", false)]
    [TestCase("22:00-07:00", "2026-03-28T21:00:00Z", true)]
    [TestCase("22:00-07:00", "2026-03-29T04:59:00Z", true)]
    [TestCase("22:00-07:00", "2026-03-29T05:00:00Z", false)]
    [TestCase("22:00-07:00", "2026-10-25T05:59:00Z", true)]
    [TestCase("22:00-07:00", "2026-10-25T06:00:00Z", false)]
    [TestCase("02:00-03:00", "2026-10-25T00:30:00Z", true)]
    [TestCase("02:00-03:00", "2026-10-25T01:30:00Z", true)]
    [TestCase("02:00-03:00", "2026-03-29T01:00:00Z", false)]
    [TestCase("", "2026-03-29T01:00:00Z", false)]
    public void Quiet_hours_go_by_the_clock_on_the_wall(string hours, string now, bool quiet)
    {
        var options = new QuietHoursOptions { Hours = hours, TimeZone = "Europe/Berlin" };
        Assert.That(
            options.Hold(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)),
            Is.EqualTo(quiet)
        );
    }

    [Test]
    public void Every_rule_has_its_name_once() => Assert.That(AlertRules.All, Is.Unique);

    private OptionsReading Read(string receivers) =>
        _box.ReadJson(ConfigurationSandbox.WithChannel(root: $"\"Alerts\": [{receivers}]"));
}
