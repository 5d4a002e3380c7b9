using System.CommandLine;
using ShortsDaemon.Pipeline.Backups;

namespace ShortsDaemon.Host.Commands.Backups;

/// <summary>Proves that a backup could be restored.</summary>
internal static class BackupVerifyCommand
{
    private static readonly Argument<string?> Name = BackupCommand.Name();

    public static Command Create()
    {
        var command = new Command(
            "verify",
            "Proves that a backup could be restored: hashes, integrity, row counts, and its migration in a scratch copy. "
                + "Changes nothing. Exit code: 0 it could, 1 it could not, 2 wrong usage or configuration."
        )
        {
            Name,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        await using var services = CommandServices.Build(configuration, toFile: false);
        try
        {
            var restoration = services.GetRequiredService<Restoration>();
            var backup = await Restoration.VerifyAsync(restoration.Find(parsed.GetValue(Name)), cancel);
            Console.WriteLine($"The backup '{backup.Name}' is good: {backup.Rows} rows as written in its manifest.");
            return ExitCode.Done;
        }
        catch (Exception e) when (e is BackupException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
    }
}
