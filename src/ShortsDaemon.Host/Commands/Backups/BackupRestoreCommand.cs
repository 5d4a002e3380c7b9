using System.CommandLine;
using ShortsDaemon.Pipeline.Backups;

namespace ShortsDaemon.Host.Commands.Backups;

/// <summary>Puts a backup in the place of the database. The daemon must be stopped.</summary>
internal static class BackupRestoreCommand
{
    private static readonly Argument<string?> Name = BackupCommand.Name();

    private static readonly Option<bool> Yes = new("--yes") { Description = "Does not ask." };

    private static readonly Option<bool> Credentials = new("--credentials")
    {
        Description = "Brings back the credentials, too; needs Backup:PassphraseFile.",
    };

    public static Command Create()
    {
        var command = new Command(
            "restore",
            "Verifies a backup and puts it in the place of the database, which is kept beside. Afterwards nothing is "
                + "published to a destination before the daemon has read back what is there. The daemon must be stopped. "
                + "Exit code: 0 restored, 1 not restored (nothing has changed), 2 wrong usage or configuration."
        )
        {
            Name,
            Yes,
            Credentials,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await Task.Yield();
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        using var taken = await CommandServices.TakeLockAsync(CommandServices.DataOf(configuration), cancel);
        if (taken is null)
            return ExitCode.Failed;
        await using var services = CommandServices.Build(configuration, toFile: false);
        try
        {
            return await RestoreAsync(parsed, services.GetRequiredService<Restoration>(), cancel);
        }
        catch (Exception e) when (e is BackupException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled; nothing was restored.");
        }
        return ExitCode.Failed;
    }

    private static async Task<int> RestoreAsync(ParseResult parsed, Restoration restoration, CancellationToken cancel)
    {
        var backup = await Restoration.VerifyAsync(restoration.Find(parsed.GetValue(Name)), cancel);
        if (parsed.GetValue(Credentials))
            await restoration.RequireCredentialsAsync(backup, cancel);
        Console.WriteLine(
            $"The backup '{backup.Name}' of {ChannelClock.Utc.SayWithOffset(backup.Manifest!.MadeAt)} is good: {backup.Rows} rows."
        );
        if (!parsed.GetValue(Yes) && !await IsWantedAsync(cancel))
            return ExitCode.Failed;
        if (parsed.GetValue(Credentials))
            Tell(await restoration.RestoreCredentialsAsync(backup, cancel));
        var replaced = await restoration.RunAsync(backup, cancel);
        Console.WriteLine(
            replaced is null ? "It is restored." : $"It is restored. The replaced database is '{replaced}'."
        );
        Console.WriteLine(
            "Nothing is published until the daemon has read back what has gone out since; start it. `holds list` shows how far it is."
        );
        return ExitCode.Done;
    }

    private static void Tell(IReadOnlyList<string> credentials) =>
        Console.WriteLine(
            credentials.Count == 0
                ? "The credentials are the same already."
                : $"Credentials brought back: {string.Join(", ", credentials)}"
        );

    private static async Task<bool> IsWantedAsync(CancellationToken cancel)
    {
        Console.Write("What has happened since is forgotten. Put it in the place of the database? Type yes: ");
        var answer = await Console.In.ReadLineAsync(cancel);
        if (answer?.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase) == true)
            return true;
        await Console.Error.WriteLineAsync("Not restored. Without a terminal say --yes.");
        return false;
    }
}
