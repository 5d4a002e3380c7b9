using System.Globalization;
using ShortsDaemon.Host.Install;

namespace ShortsDaemon.Tests.Install;

/// <summary>An installation in a real folder, with a daemon that is played.</summary>
internal sealed class InstallWorld : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("install-");

    /// <param name="newForm">From this version on the database has another form.</param>
    public InstallWorld(double newForm = 2)
    {
        Root = new(Path.Combine(_folder.FullName, "root"));
        Directory.CreateDirectory(Root.Releases);
        Daemon = new(new ReleaseShelf(Root), _folder.FullName) { NewForm = newForm };
    }

    public InstallRoot Root { get; }
    public PlayedDaemon Daemon { get; }
    public ReleaseShelf Shelf => new(Root);
    public List<string> Said { get; } = [];
    public JsonRecord<Installation> Record => new(Root.Record);
    public bool IsUnderWay => File.Exists(Root.Journal);

    public Upgrade Upgrade(Action<string>? reached = null) => new(Root, Daemon, TimeProvider.System, Said.Add, reached);

    /// <summary>A build whose content is its version.</summary>
    public Release Build(string version, string? content = null)
    {
        var folder = Path.Combine(_folder.FullName, "builds", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.Combine(folder, "runtimes"));
        File.WriteAllText(Path.Combine(folder, "ShortsDaemon.dll"), content ?? version);
        File.WriteAllText(Path.Combine(folder, "runtimes", "more.so"), "more");
        return new(version, folder);
    }

    public Release Add(string version) => Shelf.Add(Build(version), "/nowhere");

    /// <summary>Version 1.0 is installed and works.</summary>
    public async Task InstallAsync()
    {
        Shelf.SwitchTo(Add("1.0"));
        await Record.WriteAsync(
            new()
            {
                Service = ServiceKind.Process,
                Config = [],
                Data = _folder.FullName,
            },
            default
        );
        await Daemon.StartAsync(default);
        Daemon.Publish("before");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>Its database has the form of the latest version that has opened it, and remembers what was published.</summary>
internal sealed class PlayedDaemon(ReleaseShelf shelf, string folder) : IDaemon
{
    private readonly Dictionary<string, (double Form, string[] Published)> _backups = [];

    private readonly List<string> _published = [];

    public string? Running { get; private set; }
    public double Form { get; private set; }
    public IReadOnlyList<string> Published => _published;
    public HashSet<string> Broken { get; } = [];
    public bool CannotBackUp { get; set; }
    public int Restores { get; private set; }

    /// <summary>From this version on the database has another form.</summary>
    public double NewForm { get; init; } = 2;

    public void LoseBackups() => _backups.Clear();

    public void Publish(string what) => _published.Add(what);

    public Task StopAsync(CancellationToken cancel)
    {
        Running = null;
        return Task.CompletedTask;
    }

    public Task<string?> StartAsync(CancellationToken cancel)
    {
        var version = shelf.Current!.Version;
        if (Running is not null && Running != version)
            throw new InvalidOperationException($"{version} was started beside {Running}");
        if (FormOf(version) < Form)
            return Task.FromResult<string?>("the database is newer");
        Form = FormOf(version);
        if (Broken.Contains(version))
            return Task.FromResult<string?>("it is broken");
        Running = version;
        return Task.FromResult<string?>(null);
    }

    public Task<string?> BackUpAsync(Release release, CancellationToken cancel)
    {
        MustBeStopped();
        if (CannotBackUp)
            throw new InstallException("no room");
        var name = Path.Combine(folder, $"backup-{_backups.Count + 1}");
        _backups[name] = (Form, [.. _published]);
        return Task.FromResult<string?>(name);
    }

    public Task<bool> HasFormOfAsync(string backup, CancellationToken cancel) =>
        _backups.TryGetValue(backup, out var then)
            ? Task.FromResult(Form.Equals(then.Form))
            : throw new InstallException("the backup is lost");

    public Task RestoreAsync(Release release, string backup, CancellationToken cancel)
    {
        MustBeStopped();
        // A release brings what it restores to its own form.
        (Form, var published) = (FormOf(release.Version), _backups[backup].Published);
        _published.Clear();
        _published.AddRange(published);
        Restores++;
        return Task.CompletedTask;
    }

    private double FormOf(string version) =>
        double.Parse(version, CultureInfo.InvariantCulture) >= NewForm ? NewForm : 1;

    private void MustBeStopped()
    {
        if (Running is not null)
            throw new InvalidOperationException($"{Running} is at work on the database");
    }
}
