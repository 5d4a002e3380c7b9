using System.CommandLine;
using System.Globalization;
using ShortsDaemon.Pipeline.Backups;

namespace ShortsDaemon.Host.Commands.Backups;

/// <summary>Lists the backups.</summary>
internal static class BackupListCommand
{
    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "list",
            "Lists the backups, newest first. Exit code: 0 done, 1 they cannot be read, 2 wrong usage or configuration."
        )
        {
            Json,
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
            Show(services.GetRequiredService<Restoration>().List(), configuration, parsed.GetValue(Json));
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The backups cannot be read: {e.Message}");
            return ExitCode.Failed;
        }
    }

    private static void Show(IReadOnlyList<Backup> backups, LoadedConfiguration configuration, bool json)
    {
        if (json)
            JsonOutput.Write(backups.Select(BackupLine.Of));
        else if (backups.Count == 0)
            Console.WriteLine($"There is no backup in '{configuration.Live.Value.Backup.Directory}'.");
        else
            Print(backups);
    }

    private static void Print(IReadOnlyList<Backup> backups)
    {
        var table = new TextTable("name", "made", "MiB", "rows", "program", "credentials", "state");
        foreach (var backup in backups)
            table.Add(
                backup.Name,
                backup.Manifest is { } manifest ? ChannelClock.Utc.SayWithOffset(manifest.MadeAt) : "",
                (backup.SizeBytes / (1024.0 * 1024)).ToString("0.0", CultureInfo.InvariantCulture),
                backup.Rows.ToString(CultureInfo.InvariantCulture),
                backup.Manifest?.Program ?? "",
                backup.HasCredentials ? "sealed" : "none",
                backup.Problem ?? "whole"
            );
        table.Print();
    }
}
