using System.CommandLine;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Backups;

namespace ShortsDaemon.Host.Commands.Backups;

/// <summary>Makes a backup now, beside a running daemon or without one.</summary>
internal static class BackupCreateCommand
{
    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "create",
            "Makes a backup now, verifies it and removes those whose time is over. Works while the daemon runs. "
                + "Exit code: 0 made, 1 it could not be made, 2 wrong usage or configuration."
        )
        {
            Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        // A signal is only listened to once the action has given its task back.
        await Task.Yield();
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        await using var services = CommandServices.Build(configuration, toFile: false);
        try
        {
            var began = TimeProvider.System.GetTimestamp();
            var made = await services.GetRequiredService<BackupMaker>().MakeAsync(cancel);
            if (parsed.GetValue(Json))
                JsonOutput.Write(BackupLine.Of(made.Backup));
            else
                Console.WriteLine(BackupJob.Say(made, TimeProvider.System.GetElapsedTime(began)));
            return ExitCode.Done;
        }
        catch (BackupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled; no backup was made.");
        }
        return ExitCode.Failed;
    }
}
