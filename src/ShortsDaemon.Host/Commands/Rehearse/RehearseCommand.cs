using System.CommandLine;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.World;
using ShortsDaemon.World.Faults;

namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>The real daemon against the platforms in a box: needs no account and changes nothing outside its own folder.</summary>
internal static class RehearseCommand
{
    private static readonly Option<double> Minutes = new("--minutes")
    {
        Description = "How long the daemon runs before the report.",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<FileInfo?> Faults = new("--faults")
    {
        Description = "A fault script: what goes wrong on the platforms, at which call and how often.",
        HelpName = "FILE",
    };

    private static readonly Option<int> Kills = new("--kills")
    {
        Description = "How often the daemon is killed with SIGKILL on the way.",
        HelpName = "N",
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "rehearse",
            "Runs the real daemon, with your configuration if you name it with --config, against Twitch and YouTube in a box, "
                + "and reports what came of it. Needs no account. "
                + "Exit code: 0 clean, 1 something was lost, doubled or not made, 2 wrong usage or configuration."
        )
        {
            Minutes,
            Faults,
            Kills,
            Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var written = GlobalOptions.Read(parsed);
        var folder = RehearsalFolder.Make(written.DataDirectory ?? new DaemonOptions().DataDirectory);
        var files = written.Files;
        if (files.Count == 0)
        {
            await File.WriteAllTextAsync(folder.Configuration, RehearsalChannels.Json(), cancel);
            files = [folder.Configuration];
        }
        await using var world = await WorldServer.StartAsync(
            new WorldOptions(TimeProvider.System, folder.Media),
            cancel
        );
        if (!TryLoadFaults(world, parsed.GetValue(Faults)))
            return ExitCode.Usage;
        var overrides = RehearsalSettings.OfTheDaemon(folder, world).Concat(written.Overrides ?? []).ToList();
        if (
            LoadedConfiguration.Load(new ConfigurationArguments(files, folder.Data, overrides)) is not { } configuration
        )
            return ExitCode.Usage;
        var plan = new RehearsalPlan(
            TimeSpan.FromMinutes(parsed.GetValue(Minutes)),
            parsed.GetValue(Kills),
            files,
            [
                .. overrides,
                .. RehearsalSettings.OfReceivers(configuration.Live.Value),
                .. RehearsalSettings.OfChannels(configuration.Live.Value, folder),
            ]
        );
        var rehearsal = new Rehearsal(plan, folder, world, configuration.Live.Value, parsed.GetValue(Json));
        return await rehearsal.RunAsync(cancel);
    }

    private static bool TryLoadFaults(WorldServer world, FileInfo? script)
    {
        try
        {
            if (script is not null)
                world.Faults.Load(script.FullName);
            return true;
        }
        catch (Exception e) when (e is FaultScriptException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return false;
        }
    }
}

/// <param name="Length">How long the daemon runs.</param>
/// <param name="Kills">How often it is killed meanwhile.</param>
/// <param name="Files">Configuration files: the user's own, or the one that the rehearsal brings.</param>
/// <param name="Overrides">Values on top of them.</param>
internal sealed record RehearsalPlan(
    TimeSpan Length,
    int Kills,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> Overrides
);
