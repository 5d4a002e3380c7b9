using Microsoft.Data.Sqlite;
using NUnit.Framework;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Sources.Folder;
using static ShortsDaemon.Tests.Configuration.ConfigurationSandbox;

namespace ShortsDaemon.Tests.Configuration;

public sealed class ConfigurationLayeringTests
{
    private ConfigurationSandbox _box = null!;

    [SetUp]
    public void SetUp() => _box = new(WithChannel());

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void Later_places_win_over_earlier_ones()
    {
        File.WriteAllText(Path.Combine(_box.Program, "appsettings.json"), WithChannel(root: Lanes(1)));
        Assert.That(LanesNow(), Is.EqualTo(1));
        File.WriteAllText(Path.Combine(_box.Program, "appsettings.Production.json"), $"{{ {Lanes(2)} }}");
        Assert.That(LanesNow(), Is.EqualTo(2));
        var one = _box.Write("one.json", $"{{ {Lanes(3)} }}");
        Assert.That(LanesNow(one), Is.EqualTo(3));
        var two = _box.Write("two.json", $"{{ {Lanes(4)} }}");
        Assert.That(LanesNow(one, two), Is.EqualTo(4));
        _box.Variables["Encoding:Lanes"] = "5";
        Assert.That(LanesNow(one, two), Is.EqualTo(5));
        var options = Good(new([one, two], Overrides: ["--Encoding:Lanes=6"]));
        Assert.That(options.Encoding.Lanes, Is.EqualTo(6));
    }

    [Test]
    public void Two_files_add_to_one_channel()
    {
        var one = _box.Write(
            "one.json",
            """{ "Channels": { "b": { "Sources": [{ "Type": "Folder", "Path": "in" }] } } }"""
        );
        var two = _box.Write(
            "two/two.json",
            """{ "Channels": { "B": { "Destinations": [{ "Type": "Folder", "Path": "out" }] } } }"""
        );

        var channel = Good(new([one, two])).Channels["b"];

        Assert.That(((FolderSourceOptions)channel.Sources[0]).Path, Is.EqualTo(Path.Combine(_box.Etc, "in")));
        Assert.That(
            ((FolderDestinationOptions)channel.Destinations[0]).Path,
            Is.EqualTo(Path.Combine(_box.Data, "out"))
        );
    }

    [Test]
    public void Environment_variables_use_double_underscores()
    {
        var keys = ConfigurationSurroundings.Keys(
            new Dictionary<string, string?> { ["Channels__inbox__Schedule__0"] = "0 0 9 * * ?", ["PATH"] = "/bin" }
        );

        Assert.That(keys.Keys, Is.EquivalentTo(["Channels:inbox:Schedule:0", "PATH"]));
    }

    [Test]
    public void A_channel_keeps_the_name_the_file_gives_it()
    {
        _box.Variables["CHANNELS:INBOX:TIMEZONE"] = "Europe/Berlin";

        var channel = Good(new([], Overrides: ["Channels:Inbox:Enabled=false"])).Channels.Single();

        Assert.That(channel.Key, Is.EqualTo("inbox"));
        Assert.That(channel.Value.TimeZone, Is.EqualTo("Europe/Berlin"));
        Assert.That(channel.Value.Enabled, Is.False);
    }

    [Test]
    public void Foreign_environment_variables_are_no_problem()
    {
        foreach (var name in new[] { "PATH", "HOME", "LOG", "TOOLS", "Storage", "OTEL:Exporter" })
            _box.Variables[name] = "whatever";

        Assert.That(_box.Read().Problems, Is.Empty);
    }

    [Test]
    public void A_typing_error_in_a_variable_or_an_override_is_reported()
    {
        _box.Variables["Encoding:Lane"] = "2";

        var reading = _box.Files(new([], Overrides: ["Encodin:Lanes=2"])).Read(_box.Reader());

        Assert.That(
            reading.Problems.Select(problem => (problem.Key, problem.Mend)),
            Is.EquivalentTo([("Encoding:Lane", "Did you mean Lanes?"), ("Encodin", "Did you mean Encoding?")])
        );
    }

    [Test]
    public void An_override_without_a_value_is_refused()
    {
        var reading = _box.Files(new([], Overrides: ["--Encoding:Lanes"])).Read(_box.Reader());

        Assert.That(reading.Problems.Single().Key, Is.EqualTo("--Encoding:Lanes"));
        Assert.That(reading.IsGood, Is.False);
    }

    [Test]
    public void The_data_directory_is_relative_to_what_names_it()
    {
        Assert.That(Good(new([])).Daemon.DataDirectory, Is.EqualTo(_box.Data), "the default");
        var file = _box.Write("shorts.json", """{ "Daemon": { "DataDirectory": "d" } }""");
        Assert.That(Good(new([file])).Daemon.DataDirectory, Is.EqualTo(Path.Combine(_box.Etc, "d")));
        _box.Variables["Daemon:DataDirectory"] = "e";
        Assert.That(Good(new([file])).Daemon.DataDirectory, Is.EqualTo(Path.Combine(_box.Current, "e")));
        Assert.That(Good(new([file], "../f")).Daemon.DataDirectory, Is.EqualTo(Path.Combine(_box.Root, "f")));
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.That(Good(new([file], "~/g")).Daemon.DataDirectory, Is.EqualTo(Path.Combine(home, "g")));
    }

    [Test]
    public void Other_paths_follow_the_data_directory_or_their_file()
    {
        var file = _box.Write("shorts.json", """{ "Tools": { "FFmpeg": "bin/ffmpeg" } }""");
        _box.Variables["Channels:inbox:Sources:0:MoveDoneTo"] = "done";

        var options = Good(new([file], "/var/shorts"));

        var source = (FolderSourceOptions)options.Channels["inbox"].Sources[0];
        Assert.That(source.Path, Is.EqualTo("/var/shorts/inbox-in"), "named beside the program");
        Assert.That(source.MoveDoneTo, Is.EqualTo("/var/shorts/done"), "named in the environment");
        Assert.That(
            options.Tools.FFmpeg,
            Is.EqualTo(Path.Combine(_box.Etc, "bin/ffmpeg")),
            "a path in a --config file"
        );
        Assert.That(options.Tools.FFprobe, Is.EqualTo("ffprobe"), "a name to search on PATH");
        Assert.That(
            new SqliteConnectionStringBuilder(options.Storage.ConnectionString).DataSource,
            Is.EqualTo("/var/shorts/shorts.db")
        );
    }

    [TestCase("Data Source=:memory:", ":memory:")]
    [TestCase("Data Source=/x/a.db;Pooling=False", "/x/a.db")]
    public void A_definite_database_stays(string connection, string source)
    {
        var options = Good(new([], Overrides: [$"Storage:ConnectionString={connection}"]));

        Assert.That(new SqliteConnectionStringBuilder(options.Storage.ConnectionString).DataSource, Is.EqualTo(source));
    }

    [Test]
    public void Every_file_that_cannot_be_used_is_named_with_its_line()
    {
        var broken = _box.Write("broken.json", "{\n  // a note\n  \"Log\": { \"Level\": Debug }\n}");
        var twice = _box.Write("twice.json", """{ "Log": { "Files": 1, "files": 2 } }""");
        var list = _box.Write("list.json", "[]");
        var missing = Path.Combine(_box.Etc, "missing.json");

        var problems = _box.Read(broken, twice, list, missing, _box.Etc).Problems;

        Assert.That(problems.Select(problem => problem.Key), Is.EqualTo([broken, twice, list, missing, _box.Etc]));
        Assert.That(problems[0].What, Does.StartWith("line 3: "));
        Assert.That(problems[1].What, Does.Contain("Log:files"));
        Assert.That(problems[3].What, Is.EqualTo("there is no such file"));
    }

    [Test]
    public void A_config_file_is_relative_to_the_current_folder()
    {
        File.WriteAllText(Path.Combine(_box.Current, "here.json"), $"{{ {Lanes(9)} }}");

        Assert.That(LanesNow("here.json"), Is.EqualTo(9));
    }

    private static string Lanes(int lanes) => $$""" "Encoding": { "Lanes": {{lanes}} } """;

    private int LanesNow(params string[] files) => Good(new(files)).Encoding.Lanes;

    private ShortsOptions Good(ConfigurationArguments arguments)
    {
        var reading = _box.Files(arguments).Read(_box.Reader());
        Assert.That(reading.Problems, Is.Empty);
        return reading.Options!;
    }
}
