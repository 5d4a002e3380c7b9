using System.Globalization;
using System.Xml.Linq;
using NUnit.Framework;
using ShortsDaemon.Host.Install;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Tests.Configuration;

namespace ShortsDaemon.Tests.Install;

/// <summary>What can be said about the files of deploy/ without the tools that read them.</summary>
public sealed class DeployFilesTests
{
    [Test]
    public void The_configuration_template_is_read_without_a_word_and_holds_no_secret()
    {
        var template = Read("shortsdaemon.production.json");
        using var box = new ConfigurationSandbox(
            File.ReadAllText(ConfigurationSandbox.RepositoryFile("appsettings.json"))
        );
        var reading = box.ReadJson(template);

        Assert.That(reading.Problems, Is.Empty);
        Assert.That(reading.Options!.Channels.Keys, Is.EquivalentTo((string[])["inbox", "highlights"]));
        Assert.That(reading.Options.Twitch.ClientSecret, Is.Empty);
        Assert.That(template, Does.Not.Match(@"(?i)(secret|token|password|passphrase)""\s*:\s*""[^""]"));
    }

    [Test]
    public void The_template_becomes_a_working_channel_by_one_word_and_two_credentials()
    {
        var template = Read("shortsdaemon.production.json")
            .Replace("\"Enabled\": false", "\"Enabled\": true", StringComparison.Ordinal)
            .Replace("\"ClientId\": \"\"", "\"ClientId\": \"abc\", \"ClientSecret\": \"xyz\"", StringComparison.Ordinal)
            .Replace("// \"ClientSecretFile\"", "\"ClientSecretFile\"", StringComparison.Ordinal);
        using var box = new ConfigurationSandbox(
            File.ReadAllText(ConfigurationSandbox.RepositoryFile("appsettings.json"))
        );

        var reading = box.ReadJson(template);

        Assert.That(reading.Problems.Where(problem => problem.IsError), Is.Empty);
        Assert.That(reading.Options!.Channels["highlights"].Enabled);
    }

    [Test]
    public void Both_units_let_the_daemon_stop_in_time_and_start_again_after_its_watchdog()
    {
        foreach (var name in (string[])["shortsdaemon.service", "shortsdaemon-user.service"])
        {
            var unit = Keys(Shipped.Read(name));
            Assert.That(unit["Type"], Is.EqualTo("notify"), name);
            Assert.That(Number(unit["WatchdogSec"]), Is.AtLeast(180), name);
            Assert.That(Number(unit["TimeoutStopSec"]), Is.GreaterThan(Longest<DaemonOptions>("StopSeconds")), name);
            Assert.That(unit["Restart"], Is.EqualTo("on-failure"), name);
            Assert.That(unit["RestartPreventExitStatus"], Is.EqualTo($"{Host.ExitCode.Usage}"), name);
            Assert.That(unit["OOMPolicy"], Is.EqualTo("continue"), name);
            Assert.That(unit, Does.Not.ContainKey("MemoryDenyWriteExecute"), "the JIT would not start");
        }
    }

    [Test]
    public void The_list_for_launchd_keeps_the_daemon_alive_and_has_no_calendar()
    {
        var list = XDocument.Parse(Shipped.Read("shortsdaemon.plist"));
        var elements = list.Root!.Element("dict")!.Elements().ToList();
        var keys = elements.Chunk(2).ToDictionary(pair => pair[0].Value, pair => pair[1]);

        Assert.That(elements.Where((e, i) => i % 2 == 0).Select(e => e.Name.LocalName), Is.All.EqualTo("key"));
        Assert.That(elements.Where((e, i) => i % 2 == 1).Select(e => e.Name.LocalName), Has.None.EqualTo("key"));
        Assert.That(keys["KeepAlive"].Name.LocalName, Is.EqualTo("true"));
        Assert.That(keys["RunAtLoad"].Name.LocalName, Is.EqualTo("true"));
        Assert.That(keys.Keys, Has.None.StartsWith("StartCalendar"));
        Assert.That(Number(keys["ExitTimeOut"].Value), Is.GreaterThan(Longest<DaemonOptions>("StopSeconds")));
        Assert.That(Number(keys["Umask"].Value), Is.EqualTo(0b000_010_111), "027 in decimal");
    }

    [Test]
    public void Newsyslog_gets_nine_fields_and_the_file_that_launchd_writes()
    {
        var lines = Read("newsyslog/shortsdaemon.conf").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var fields = lines.Single(line => line[0] != '#').Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(fields, Has.Length.EqualTo(9));
        Assert.That(Shipped.Read("shortsdaemon.plist"), Does.Contain($"<string>{fields[0]}</string>"));
        Assert.That(fields[1], Does.Match(@"^\w+:\w+$"), "the owner: else the new file belongs to root");
        Assert.That(fields[2], Does.Match("^[0-7]{3}$"));
        Assert.That(fields[7], Does.EndWith("/shorts.lock"), "holds the process id");
        Assert.That(fields[8], Is.EqualTo("15"));
    }

    [Test]
    public void The_container_runs_without_root_on_a_read_only_root()
    {
        var steps = Read("docker/Dockerfile")
            .Split('\n')
            .Where(line => line.Length > 0 && char.IsAsciiLetterUpper(line[0]))
            .ToList();
        Assert.That(
            steps.Last(step => step.StartsWith("USER ", StringComparison.Ordinal)),
            Is.EqualTo("USER shortsdaemon")
        );
        Assert.That(
            steps,
            Has.One.StartsWith("HEALTHCHECK").And.One.EqualTo("VOLUME /data").And.One.StartsWith("ENTRYPOINT")
        );
        Assert.That(
            steps.IndexOf("USER shortsdaemon"),
            Is.LessThan(steps.FindIndex(step => step.StartsWith("ENTRYPOINT", StringComparison.Ordinal)))
        );
        Assert.That(Read("docker/Dockerfile"), Does.Contain("dotnet publish src/ShortsDaemon.Host "));
        Assert.That(Directory.Exists(ConfigurationSandbox.RepositoryFile("src/ShortsDaemon.Host")));

        var compose = Read("docker/compose.yaml");
        var settings = compose.Split('\n').Select(line => line.Trim()).ToList();
        foreach (
            var line in (string[])
                ["read_only: true", "cap_drop: [ALL]", "init: true", "- data:/data", "- ./config:/config:ro"]
        )
            Assert.That(settings, Does.Contain(line));
        Assert.That(compose, Does.Contain("no-new-privileges:true"));
        Assert.That(compose, Does.Not.Contain("\t"));
        Assert.That(
            Read("docker/Dockerfile"),
            Does.Contain("--uid 10001").And.Contain("http://127.0.0.1:8787/health/ready")
        );
        Assert.That(compose, Does.Contain("user: \"10001:10001\""));
    }

    private static string Read(string name) => File.ReadAllText(ConfigurationSandbox.RepositoryFile("deploy/" + name));

    private static Dictionary<string, string> Keys(string unit) =>
        unit.Split('\n')
            .Where(line => line.Contains('=') && line[0] != '#')
            .Select(line => line.Split('=', 2))
            .DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1]);

    private static double Longest<T>(string option) =>
        Convert.ToDouble(
            typeof(T)
                .GetProperty(option)!
                .GetCustomAttributes(false)
                .OfType<System.ComponentModel.DataAnnotations.RangeAttribute>()
                .Single()
                .Maximum,
            CultureInfo.InvariantCulture
        );

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
