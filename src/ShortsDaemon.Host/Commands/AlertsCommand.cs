using System.CommandLine;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>What the owner should know.</summary>
internal static class AlertsCommand
{
    private static readonly Option<int> Days = new("--days")
    {
        Description = "Also those that were resolved in the last so many days.",
        HelpName = "N",
        DefaultValueFactory = _ => 7,
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "alerts",
            "Lists open alerts and recent ones, newest first, and who has been told. Works while the daemon runs. "
                + "Exit code: 0 done, 1 the database cannot be read, 2 wrong usage or configuration."
        )
        {
            Days,
            Json,
            AlertsTestCommand.Create(),
        };
        Days.Validators.Add(GlobalOptions.AtLeastOne);
        command.SetAction(
            (parsed, cancel) =>
                DatabaseQuestion.AskAsync(
                    parsed,
                    async (configuration, db) =>
                        Show(await ReadAsync(configuration, db, parsed.GetValue(Days), cancel), parsed.GetValue(Json)),
                    () => Show([], parsed.GetValue(Json)),
                    cancel
                )
        );
        return command;
    }

    private static Task<List<AlertLine>> ReadAsync(
        LoadedConfiguration configuration,
        ShortsDb db,
        int days,
        CancellationToken cancel
    )
    {
        var since = TimeProvider.System.GetUtcNow().AddDays(-Math.Min(days, 36500));
        return AlertLines.ReadAsync(db, configuration.Live.Value.Receivers, since, cancel);
    }

    private static int Show(List<AlertLine> lines, bool json)
    {
        if (json)
            JsonOutput.Write(lines);
        else if (lines.Count == 0)
            Console.WriteLine("No alerts.");
        else
            AlertLines.Print(lines);
        return ExitCode.Done;
    }
}
