using System.CommandLine;
using ShortsDaemon.Host.Commands.Auth;
using ShortsDaemon.Host.Commands.Backups;
using ShortsDaemon.Host.Commands.Import;
using ShortsDaemon.Host.Commands.Install;
using ShortsDaemon.Host.Commands.Rehearse;
using ShortsDaemon.Host.Commands.Users;

namespace ShortsDaemon.Host.Commands;

/// <summary>The commands and what they share.</summary>
internal static class CommandLine
{
    // The daemon keeps to Daemon:StopSeconds by itself, and that ends at 300 s.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(310);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Root().Parse(GlobalOptions.NameOverrides(arguments));
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LongestStop });
        foreach (var mistake in parsed.Errors)
            await Console.Error.WriteLineAsync(mistake.Message);
        await Console.Error.WriteLineAsync("See: ShortsDaemon --help");
        return ExitCode.Usage;
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Turns the best moments of recordings and streams into vertical Shorts, unattended.")
        {
            GlobalOptions.Config,
            GlobalOptions.Data,
            GlobalOptions.Set,
            RunCommand.Create(),
            OnceCommand.Create(),
            ClipCommand.Create(),
            DoctorCommand.Create(),
            SupportBundleCommand.Create(),
            AuthCommand.Create(),
            UserCommand.Create(),
            TokenCommand.Create(),
            HistoryCommand.Create(),
            ExplainCommand.Create(),
            ScheduleCommand.Create(),
            FiresCommand.Create(),
            BreakerCommand.Create(),
            PublishCommand.Create(),
            HoldsCommand.Create(),
            AlertsCommand.Create(),
            JobCommand.Create(),
            PruneCommand.Create(),
            BackupCommand.Create(),
            ImportCommand.Create(),
            RehearseCommand.Create(),
            InstallCommand.Create(),
            UpgradeCommand.Create(),
            RollbackCommand.Create(),
            UninstallCommand.Create(),
        };
        root.SetAction(RunCommand.RunAsync);
        return root;
    }
}
