using System.CommandLine;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Commands;

/// <summary>The items, newest first.</summary>
internal static class HistoryCommand
{
    private static readonly Option<string?> ChannelName = new("--channel")
    {
        Description = "Only this channel; it may have left the configuration.",
        HelpName = "C",
    };

    private static readonly Option<ItemState?> State = new("--state") { Description = "Only items that stand there." };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "Most items to show.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "history",
            "Lists the items, newest first, with where they went or why they did not. Works while the daemon runs. "
                + "Exit code: 0 done, 1 the database cannot be read, 2 wrong usage or configuration."
        )
        {
            ChannelName,
            State,
            Limit,
            Json,
        };
        Limit.Validators.Add(GlobalOptions.AtLeastOne);
        command.SetAction(
            (parsed, cancel) =>
                DatabaseQuestion.AskAsync(
                    parsed,
                    async (configuration, db) =>
                    {
                        var filter = new HistoryFilter(
                            parsed.GetValue(ChannelName),
                            parsed.GetValue(State),
                            parsed.GetValue(Limit)
                        );
                        var list = await HistoryList.ReadAsync(db, filter, cancel);
                        return Show(list, configuration, parsed.GetValue(Json));
                    },
                    () => Show(new HistoryList([], 0), null, parsed.GetValue(Json)),
                    cancel
                )
        );
        return command;
    }

    private static int Show(HistoryList list, LoadedConfiguration? configuration, bool json)
    {
        if (json)
            JsonOutput.Write(list.Lines.Select(line => line.Describe()));
        else if (configuration is null)
            Console.WriteLine("Nothing has been made yet.");
        else
            list.Print(configuration.Live.Value);
        return ExitCode.Done;
    }
}
