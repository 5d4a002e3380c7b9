using System.CommandLine;
using ShortsDaemon.Host.Install;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Commands.Install;

/// <summary>Takes the service and its releases away; data and settings stay unless they are to go, too.</summary>
internal static class UninstallCommand
{
    private const int Briefly = 60;

    private static readonly Option<string?> Root = InstallFrame.Root();
    private static readonly Option<bool> Yes = new("--yes") { Description = "Does not ask." };

    private static readonly Option<bool> Purge = new("--purge")
    {
        Description =
            "Removes the data directory, too: history, backups, credentials, and recordings and Shorts in it.",
    };

    public static Command Create()
    {
        var command = new Command(
            "uninstall",
            "Stops the daemon and removes its service and releases. Data and settings stay. Exit code: 0 removed, 1 not "
                + "removed, 2 wrong usage or configuration."
        )
        {
            Root,
            Purge,
            Yes,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancel) =>
        InstallFrame.RunAsync(() => UninstallAsync(parsed, cancel), "Interrupted. It may be repeated.", cancel);

    private static async Task<int> UninstallAsync(ParseResult parsed, CancellationToken cancel)
    {
        var root = InstallFrame.Find(parsed.GetValue(Root));
        var installed = InstallFrame.Require(root);
        if (InstallFrame.Daemon(root, installed, Briefly) is not { } daemon)
            return ExitCode.Usage;
        var purge = parsed.GetValue(Purge);
        if (purge && !parsed.GetValue(Yes) && !await IsWantedAsync(installed.Data, cancel))
            return ExitCode.Failed;
        using var entered = root.Enter();
        await daemon.StopAsync(cancel);
        await Services.Get(installed.Service, InstallFrame.Runner(), InstallFrame.Say).RemoveAsync(cancel);
        if (purge)
            RemoveData(installed.Data);
        RemoveProgram(root);
        InstallFrame.Say(
            purge
                ? $"Removed with all data. Settings stay: {string.Join(", ", installed.Config)}"
                : $"Removed. Data stay in {installed.Data}, settings in {string.Join(", ", installed.Config)}"
        );
        return ExitCode.Done;
    }

    private static async Task<bool> IsWantedAsync(string data, CancellationToken cancel)
    {
        Console.Write($"Everything in '{data}' is lost, the memory of what was posted, too. Remove it? Type yes: ");
        var answer = await Console.In.ReadLineAsync(cancel);
        if (answer?.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase) == true)
            return true;
        await Console.Error.WriteLineAsync("Nothing was removed. Without a terminal say --yes.");
        return false;
    }

    // Only a daemon makes that file: a wrong record must never cost somebody a folder.
    private static void RemoveData(string data)
    {
        if (!Directory.Exists(data))
            return;
        if (!File.Exists(new DataFolder(data).Lock))
            throw new InstallException($"No daemon has ever worked in '{data}', so it is not removed.");
        Directory.Delete(data, recursive: true);
    }

    // Link and record last: until then it may be repeated.
    private static void RemoveProgram(InstallRoot root)
    {
        if (Directory.Exists(root.Releases))
            Directory.Delete(root.Releases, recursive: true);
        foreach (var file in (string[])[root.Output, root.Journal, root.Current, root.Record])
            File.Delete(file);
    }
}
