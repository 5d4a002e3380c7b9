using NUnit.Framework;
using ShortsDaemon.Host.Install;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Install;

/// <summary>The files of deploy/ before the tools that read them.</summary>
public sealed class DeployToolsTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("deploy-");

    [TearDown]
    public void CleanUp() => _folder.Delete(recursive: true);

    [TestCase(true)]
    [TestCase(false)]
    public async Task Systemd_has_nothing_to_say_against_the_unit(bool isSystem)
    {
        Need("systemd-analyze");
        string[] who = isSystem ? [] : ["--user"];
        var said = await SayAsync("systemd-analyze", [.. who, "verify", "--man=no", Unit(isSystem)]);
        Assert.That(said, Is.EqualTo((0, "")));
    }

    [Test]
    public async Task The_unit_of_the_machine_is_rated_three_or_better()
    {
        Need("systemd-analyze");
        var (exitCode, words) = await SayAsync(
            "systemd-analyze",
            ["security", "--offline=true", "--threshold=30", "--no-pager", Unit(isSystem: true)]
        );
        Assert.That(exitCode, Is.Zero, words);
        Assert.That(words, Does.Contain("Overall exposure level"));
        TestContext.Out.WriteLine(words.Split('\n').Last(line => line.Length > 0));
    }

    [Test]
    public async Task A_property_list_is_what_launchd_gets()
    {
        Need("python3");
        var list = Path.Combine(_folder.FullName, "list.plist");
        await File.WriteAllTextAsync(list, LaunchdService.ListOf(Service(), "/Users/me/service.log"));
        var said = await SayAsync(
            "python3",
            [
                "-c",
                "import plistlib, sys; p = plistlib.load(open(sys.argv[1], 'rb')); print(p['Label'], p['KeepAlive'], p['Umask'])",
                list,
            ]
        );
        Assert.That(said, Is.EqualTo((0, "shortsdaemon True 23")));
    }

    [Test]
    public async Task Logrotate_understands_its_file()
    {
        Need("logrotate");
        var copy = Path.Combine(_folder.FullName, "shortsdaemon");
        File.Copy(Repository("deploy/logrotate/shortsdaemon"), copy);
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var (exitCode, words) = await SayAsync(
            "logrotate",
            ["-d", "-s", Path.Combine(_folder.FullName, "state"), copy]
        );
        Assert.That(exitCode, Is.Zero, words);
        Assert.That(words, Does.Not.Contain("error:"));
    }

    private string Unit(bool isSystem)
    {
        var unit = Path.Combine(_folder.FullName, "shortsdaemon.service");
        File.WriteAllText(unit, SystemdUnit.Of(isSystem, Service()));
        return unit;
    }

    // It asks for a program that is there.
    private ServiceRun Service()
    {
        var program = Path.Combine(_folder.FullName, "Shorts Daemon");
        File.WriteAllText(program, "#!/bin/sh\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new(
            new(_folder.FullName),
            [program],
            ["run", "--config", "/etc/a b%.json", "--data", "/srv/data"],
            "/srv/data"
        )
        {
            Runtime = Release.RuntimeFolder,
            Writes = ["/srv/shorts with blanks"],
        };
    }

    private static void Need(string tool)
    {
        if (ToolPath.Find(tool) is null)
            Assert.Ignore($"{tool} is not installed");
    }

    private static async Task<(int ExitCode, string Words)> SayAsync(string tool, IReadOnlyList<string> arguments)
    {
        List<string> words = [];
        var processes = new ProcessRunner(TimeProvider.System, "deploy-tests");
        void Keep(string line)
        {
            lock (words)
                words.Add(line);
        }
        var command = new ProcessCommand(tool, arguments)
        {
            // Without a user's session systemd-analyze does not know where that is.
            Environment = new Dictionary<string, string?> { ["XDG_RUNTIME_DIR"] = Path.GetTempPath() },
        };
        var result = await processes.RunAsync(command, new() { OnOutput = Keep, OnError = Keep }, default);
        return (result.ExitCode, string.Join('\n', words));
    }

    private static string Repository(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ShortsDaemon.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no ShortsDaemon.sln above the tests");
        return Path.Combine(folder.FullName, name);
    }
}
