using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Host.Install;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Install;

/// <summary>A published build as its owner installs, upgrades and rolls it back.</summary>
public sealed class UpgradeTests : DaemonTests
{
    private readonly ProcessRunner _processes = new(TimeProvider.System, "upgrade-tests");
    private PublishedBuilds _builds = null!;

    private string Root => Path.Combine(Box.Root, "installed");
    private string Current => Path.Combine(Root, "current");

    [OneTimeSetUp]
    public async Task Publish() => _builds = await PublishedBuilds.MakeAsync();

    [OneTimeTearDown]
    public void RemoveBuilds() => _builds?.Dispose();

    [TearDown]
    public async Task StopDaemon()
    {
        var file = new DataFolder(Box.Data).Lock;
        if (!Host.InstanceLock.IsHeld(new(Box.Data)))
            return;
        Signals.Send(int.Parse(await Recordings.ToolAsync("cat", file), CultureInfo.InvariantCulture), Signals.Kill);
    }

    [Test]
    public async Task Each_recording_is_published_once_whatever_release_runs()
    {
        var second = await _builds.NextAsync('8');
        var broken = await _builds.NextAsync('9');
        File.Delete(Path.Combine(broken, "ShortsDaemon.Media.dll"));
        UsePort();

        await InstallAsync();
        await PublishAsync("before.mp4", 1);
        Assert.That(await InstallAsync(), Does.Contain("It works."), "it may be repeated");

        await RunAsync(Current, "upgrade", await ArchiveAsync(second));
        Assert.That(Version(Current), Does.StartWith("0.8."));
        await PublishAsync("upgraded.mp4", 2);
        var written = Written();

        // As if it had brought the database to a new form, which the first one does not know.
        await using (var db = Box.OpenDatabase(toWrite: true))
            await db.Database.ExecuteSqlAsync(
                $"insert into __EFMigrationsHistory values ('29990101000000_Later', '10.0.0')"
            );
        var said = await RunAsync(Current, "rollback");
        Assert.That(said, Does.Contain("another form").And.Contain("works."));
        Assert.That(Version(Current), Is.EqualTo(Version(_builds.First)));
        await PublishAsync("rolled back.mp4", 3);

        Assert.That(Written().Where(w => written.ContainsKey(w.Key)), Is.EquivalentTo(written), "laid down again");
        Assert.That(Box.Items().Select(i => i.State), Is.All.EqualTo(ItemState.Published), Box.Story());

        said = await RunAsync(Current, 1, "upgrade", broken);
        Assert.That(said, Does.Contain("does not work").And.Contain("nothing is forgotten"));
        Assert.That(Version(Current), Is.EqualTo(Version(_builds.First)));
        await PublishAsync("still there.mp4", 4);

        await RunAsync(Current, "uninstall");
        Assert.That(Host.InstanceLock.IsHeld(new(Box.Data)), Is.False);
        Assert.That(Directory.GetFileSystemEntries(Root).Select(FileOf), Is.EqualTo((string[])["install.lock"]));
        Assert.That(Box.Items(), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task With_its_data_it_goes_only_when_that_is_said_twice()
    {
        UsePort();
        await InstallAsync();
        await PublishAsync("only.mp4", 1);

        var said = await RunAsync(Current, 1, "uninstall", "--purge");
        Assert.That(said, Does.Contain("Nothing was removed"));
        Assert.That(Host.InstanceLock.IsHeld(new(Box.Data)), Is.True, "it goes on");

        await RunAsync(Current, "uninstall", "--purge", "--yes");
        Assert.That(Directory.Exists(Box.Data), Is.False);
        Assert.That(Box.Shorts(), Has.Length.EqualTo(1), "the outbox is not part of it");
        Assert.That(File.Exists(Box.ConfigFile), Is.True);
    }

    private Task<string> InstallAsync() =>
        RunAsync(
            _builds.First,
            "install",
            "--no-service",
            "--root",
            Root,
            "--data",
            Box.Data,
            "--config",
            Box.ConfigFile
        );

    private async Task<string> ArchiveAsync(string build)
    {
        var archive = Path.Combine(Box.Root, "release.tar.gz");
        await Recordings.ToolAsync("tar", "czf", archive, "-C", Path.GetDirectoryName(build)!, FileOf(build));
        return archive;
    }

    private async Task PublishAsync(string name, int number)
    {
        await Box.DropAsync(name, number);
        await Box.EndedAsync(number);
        Assert.That(Box.Shorts(), Has.Length.EqualTo(number), Box.Story());
    }

    private Dictionary<string, DateTime> Written() => Box.Shorts().ToDictionary(path => path, File.GetLastWriteTimeUtc);

    private static string Version(string folder) => Release.At(folder).Version;

    private void UsePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        Box.Config["Daemon"] = new JsonObject
        {
            ["Urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        };
        Box.Save();
    }

    private Task<string> RunAsync(string build, params string[] arguments) => RunAsync(build, 0, arguments);

    private async Task<string> RunAsync(string build, int expected, params string[] arguments)
    {
        List<string> words = [];
        void Keep(string line)
        {
            lock (words)
                words.Add(line);
        }
        var line = Release.ProgramIn(build);
        var command = new ProcessCommand(line[0], [.. line.Skip(1), .. arguments])
        {
            Environment = new Dictionary<string, string?> { ["DOTNET_ROOT"] = Release.RuntimeFolder },
            WorkingDirectory = Box.Root,
        };
        var result = await _processes.RunAsync(command, new() { OnOutput = Keep, OnError = Keep }, default);
        var said = string.Join('\n', words);
        TestContext.Out.WriteLine($"$ {string.Join(' ', arguments)}\n{said}\n");
        Assert.That(result.ExitCode, Is.EqualTo(expected), said + "\n" + Output());
        return said;
    }

    private string Output() =>
        File.Exists(Path.Combine(Root, "service.log")) ? File.ReadAllText(Path.Combine(Root, "service.log")) : "";
}
