using System.CommandLine;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Host.Install;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Commands.Install;

/// <summary>Makes this build a service.</summary>
internal static class InstallCommand
{
    private static readonly Option<string?> Root = InstallFrame.Root();
    private static readonly Option<int> Wait = InstallFrame.Wait();

    private static readonly Option<bool> AsSystem = new("--system")
    {
        Description = "For the whole machine (the default for root).",
    };
    private static readonly Option<bool> AsUser = new("--user")
    {
        Description = "For the user who types it (the default for others).",
    };
    private static readonly Option<bool> NoService = new("--no-service")
    {
        Description = "Runs it as a plain process, even where there is systemd or launchd.",
    };

    private static readonly Option<bool> NoStart = new("--no-start") { Description = "Does not start it yet." };

    public static Command Create()
    {
        var command = new Command(
            "install",
            "Copies this build beside others, makes it a service that starts by itself, and starts it with the --config, --data "
                + "and --set given here. May be repeated, with others, too. Exit code: 0 it works, 1 it does not, 2 wrong usage "
                + "or configuration."
        )
        {
            AsUser,
            AsSystem,
            Root,
            NoService,
            NoStart,
            Wait,
        };
        command.Validators.Add(found =>
        {
            if (found.GetValue(AsUser) && found.GetValue(AsSystem))
                found.AddError("Either --user or --system.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancel) =>
        InstallFrame.RunAsync(() => InstallAsync(parsed, cancel), "Interrupted. It may be repeated.", cancel);

    private static async Task<int> InstallAsync(ParseResult parsed, CancellationToken cancel)
    {
        var isSystem = parsed.GetValue(AsSystem) || (Environment.IsPrivilegedProcess && !parsed.GetValue(AsUser));
        var kind = parsed.GetValue(NoService) ? ServiceKind.Process : Services.Choose(isSystem);
        var places = parsed.GetValue(Root) is { } named
            ? InstallPlaces.At(Path.GetFullPath(named))
            : InstallPlaces.For(isSystem);
        var root = new InstallRoot(places.Root);
        using var entered = root.Enter();
        var record = new JsonRecord<Installation>(root.Record);
        var before = record.Read();
        if (Settle(parsed, places, kind, before) is not { } installed)
            return ExitCode.Usage;
        Directory.CreateDirectory(installed.Data);
        if (before is null && InstanceLock.IsHeld(new DataFolder(installed.Data)))
            throw new InstallException($"Another ShortsDaemon works in '{installed.Data}'. Stop it first.");
        Place(root, installed);
        await record.WriteAsync(installed, cancel);
        if (InstallFrame.Daemon(root, installed, parsed.GetValue(Wait)) is not { } daemon)
            return ExitCode.Usage;
        return await ServeAsync(parsed, root, installed, daemon, cancel);
    }

    private static async Task<int> ServeAsync(
        ParseResult parsed,
        InstallRoot root,
        Installation installed,
        InstalledDaemon daemon,
        CancellationToken cancel
    )
    {
        var service = Services.Get(installed.Service, InstallFrame.Runner(), InstallFrame.Say);
        await service.SetUpAsync(daemon.Run, cancel);
        InstallFrame.Say(service.Words);
        if (parsed.GetValue(NoStart))
        {
            InstallFrame.Say("Not started, as you wished.");
            return ExitCode.Done;
        }
        await daemon.StopAsync(cancel);
        InstallFrame.Say("Starting it and waiting until it is ready");
        if (await daemon.StartAsync(cancel) is { } problem)
            throw new InstallException($"It was started, but {problem}");
        InstallFrame.Say("It works.");
        InstallFrame.Say(
            $"Other commands: {Sudo(installed)}{string.Join(' ', [.. daemon.Run.Program, "doctor", .. installed.Arguments])}"
        );
        return ExitCode.Done;
    }

    /// <returns>Null when the configuration cannot be used; every problem has been printed.</returns>
    private static Installation? Settle(
        ParseResult parsed,
        InstallPlaces places,
        ServiceKind kind,
        Installation? before
    )
    {
        var given = GlobalOptions.Read(parsed);
        var files =
            given.Files.Count > 0 ? [.. given.Files.Select(Path.GetFullPath)] : before?.Config ?? [places.Config];
        if (given.Files.Count == 0)
            MakeConfig(files[0]);
        var set = given.Overrides is { Count: > 0 } values ? values : before?.Set ?? [];
        if (
            LoadedConfiguration.Load(new ConfigurationArguments(files, given.DataDirectory, set))
            is not { } configuration
        )
            return null;
        var data = configuration.Live.Value.Daemon.DataDirectory;
        // Nobody has said where: it is the one of appsettings.json in whatever folder this is.
        if (given.DataDirectory is null && data == Path.GetFullPath("data"))
            data = before?.Data ?? places.Data;
        return new Installation
        {
            Service = kind,
            Config = files,
            Data = data,
            Set = set,
            User = kind == ServiceKind.SystemdSystem ? Services.SystemUser : null,
            Upgrades = before?.Upgrades ?? [],
        };
    }

    private static void MakeConfig(string file)
    {
        if (File.Exists(file))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Shipped.Read("shortsdaemon.production.json"));
        InstallFrame.Say($"Wrote {file}: your settings go there, edits come into force while it runs");
    }

    private static void Place(InstallRoot root, Installation installed)
    {
        if (File.Exists(root.Journal))
            throw new InstallException(
                "An upgrade was interrupted here. First finish it with `upgrade`, or undo it with `rollback`."
            );
        var shelf = new ReleaseShelf(root);
        var release = shelf.Add(Release.Own, installed.Data);
        if (shelf.Current is { } current && current.Version != release.Version)
            throw new InstallException(
                $"{current.Version} is installed in '{root.Path}'. To change to this build type: ShortsDaemon upgrade"
            );
        shelf.SwitchTo(release);
        InstallFrame.Say($"Release {release.Version} is in {release.Folder}; data in {installed.Data}");
    }

    private static string Sudo(Installation installed) => installed.User is { } user ? $"sudo -u {user} " : "";
}
