using System.Xml.Linq;
using NUnit.Framework;
using ShortsDaemon.Host.Install;

namespace ShortsDaemon.Tests.Install;

/// <summary>What `install` writes and which commands it gives, word by word.</summary>
public sealed class ServiceFilesTests
{
    private readonly List<string> _commands = [];
    private readonly Dictionary<string, int> _exitCodes = [];
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("service-");
        _commands.Clear();
        _exitCodes.Clear();
    }

    [TearDown]
    public void CleanUp() => _folder.Delete(recursive: true);

    private static ServiceRun Service =>
        new(
            new("/srv/short things"),
            ["/srv/short things/current/ShortsDaemon"],
            ["run", "--config", "/etc/100%/a $b.json", "--data", "/srv/data"],
            "/srv/data"
        )
        {
            Runtime = "/usr/share/dotnet",
            User = "shortsdaemon",
            Writes = ["/mnt/nas/shorts"],
        };

    private string Home => _folder.FullName;

    [Test]
    public void The_unit_of_the_machine_has_its_paths_quoted_and_everything_else_as_shipped()
    {
        var shipped = Lines(Shipped.Read("shortsdaemon.service"));
        var unit = Lines(SystemdUnit.Of(isSystem: true, Service));

        Assert.That(
            unit.Except(shipped),
            Is.EquivalentTo(
                (string[])
                    [
                        "ExecStart=\"/srv/short things/current/ShortsDaemon\" run --config \"/etc/100%%/a $$b.json\" --data /srv/data",
                        "Environment=DOTNET_ROOT=/usr/share/dotnet",
                        "WorkingDirectory=/srv/data",
                        "ReadWritePaths=-/srv/data -/mnt/nas/shorts",
                    ]
            )
        );
        Assert.That(unit, Has.Length.EqualTo(shipped.Length));
    }

    [Test]
    public void The_unit_of_a_user_names_no_user_and_no_folders()
    {
        var unit = SystemdUnit.Of(isSystem: false, Service);
        Assert.That(unit, Does.Contain("WantedBy=default.target").And.Contain("ExecStart=\"/srv/short things/"));
        Assert.That(unit, Does.Not.Contain("User=").And.Not.Contain("ReadWritePaths"));
    }

    [Test]
    public async Task Systemd_for_a_user_is_told_so_each_time()
    {
        var service = new SystemdService(false, Home, RunAsync, _ => { });
        await service.SetUpAsync(Service with { User = null }, default);
        await service.StartAsync(Service, default);
        await service.StopAsync(Service, default);
        await service.RemoveAsync(default);

        Assert.That(
            _commands,
            Is.EqualTo(
                (string[])
                    [
                        "systemctl --user daemon-reload",
                        "systemctl --user enable shortsdaemon.service",
                        "loginctl enable-linger",
                        "systemctl --user reset-failed shortsdaemon.service",
                        "systemctl --user start shortsdaemon.service",
                        "systemctl --user stop shortsdaemon.service",
                        "systemctl --user disable --now shortsdaemon.service",
                        "systemctl --user daemon-reload",
                    ]
            )
        );
        Assert.That(Directory.GetFiles(Home), Is.Empty);
    }

    [Test]
    public async Task Systemd_for_the_machine_gets_a_user_of_its_own()
    {
        _exitCodes["id -u shortsdaemon"] = 1;
        _exitCodes["getent group render"] = 2;
        await new SystemdService(true, Home, RunAsync, _ => { }).SetUpAsync(Service, default);

        Assert.That(
            _commands,
            Is.EqualTo(
                (string[])
                    [
                        "id -u shortsdaemon",
                        "useradd --system --user-group --no-create-home --home-dir /srv/data --shell /usr/sbin/nologin shortsdaemon",
                        "getent group video",
                        "usermod --append --groups video shortsdaemon",
                        "getent group render",
                        "chown shortsdaemon:shortsdaemon /srv/data",
                        "systemctl daemon-reload",
                        "systemctl enable shortsdaemon.service",
                    ]
            )
        );
        Assert.That(
            File.ReadAllText(Path.Combine(Home, "shortsdaemon.service")),
            Does.Contain("\nUser=shortsdaemon\n")
        );
    }

    [Test]
    public void What_systemctl_refuses_is_told_with_its_words()
    {
        _exitCodes["systemctl --user start shortsdaemon.service"] = 1;
        var service = new SystemdService(false, Home, RunAsync, _ => { });
        Assert.That(
            () => service.StartAsync(Service, default),
            Throws
                .TypeOf<InstallException>()
                .With.Message.EqualTo("`systemctl --user start shortsdaemon.service` ended with 1: it said no")
        );
    }

    [Test]
    public async Task Launchd_is_given_the_list_and_asked_in_the_domain_of_the_user()
    {
        _exitCodes["launchctl print gui/501/shortsdaemon"] = 113;
        var service = new LaunchdService(Home, RunAsync, _ => { });
        await service.SetUpAsync(Service, default);
        await service.StartAsync(Service, default);
        _exitCodes.Clear();
        await service.StopAsync(Service, default);

        var list = Path.Combine(Home, "Library/LaunchAgents/shortsdaemon.plist");
        Assert.That(
            _commands.Where(command => command != "id -u"),
            Is.EqualTo(
                (string[])
                    [
                        "launchctl enable gui/501/shortsdaemon",
                        "launchctl print gui/501/shortsdaemon",
                        $"launchctl bootstrap gui/501 {list}",
                        "launchctl print gui/501/shortsdaemon",
                        "launchctl bootout gui/501/shortsdaemon",
                    ]
            )
        );
        Assert.That(File.Exists(list));
        await service.RemoveAsync(default);
        Assert.That(File.Exists(list), Is.False);
    }

    [Test]
    public void The_list_for_launchd_has_the_words_of_the_command_and_the_output()
    {
        var list = XDocument.Parse(LaunchdService.ListOf(Service, "/Users/me/service.log"));
        var keys = list.Root!.Element("dict")!.Elements().Chunk(2).ToDictionary(pair => pair[0].Value, pair => pair[1]);

        Assert.That(list.DocumentType!.PublicId, Is.EqualTo("-//Apple//DTD PLIST 1.0//EN"));
        Assert.That(keys["ProgramArguments"].Elements("string").Select(word => word.Value), Is.EqualTo(Service.Line));
        Assert.That(keys["StandardOutPath"].Value, Is.EqualTo("/Users/me/service.log"));
        Assert.That(keys["EnvironmentVariables"].Value, Does.Contain("DOTNET_ROOT/usr/share/dotnet"));
        Assert.That(keys["KeepAlive"].Name.LocalName, Is.EqualTo("true"));
        Assert.That(keys, Does.Not.ContainKey("StartCalendarInterval"));
    }

    private Task<ToolResult> RunAsync(Media.Processes.ProcessCommand command, CancellationToken cancel)
    {
        var line = string.Join(' ', [command.Program, .. command.Arguments]);
        _commands.Add(line);
        return Task.FromResult(
            new ToolResult(_exitCodes.GetValueOrDefault(line), line == "id -u" ? "501" : "", "it said no")
        );
    }

    private static string[] Lines(string text) => text.Split('\n');
}
