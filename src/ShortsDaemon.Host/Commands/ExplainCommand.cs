using System.CommandLine;
using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>The whole story of an item.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Wanted = new("ITEM")
    {
        Description = "Number of the item (see `history`), or its title or file name, or a part of the title.",
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "explain",
            "Tells the whole story of an item in words: where it came from, why it was taken or not, every try, every check, "
                + "where it went and what happens next. Works while the daemon runs. "
                + "Exit code: 0 done, 1 no such item, several, or the database cannot be read, 2 wrong usage or configuration."
        )
        {
            Wanted,
            Json,
        };
        command.SetAction(
            (parsed, cancel) =>
                DatabaseQuestion.AskAsync(
                    parsed,
                    (configuration, db) =>
                        AnswerAsync(configuration, db, parsed.GetRequiredValue(Wanted), parsed.GetValue(Json), cancel),
                    () => Refuse("Nothing has been made yet."),
                    cancel
                )
        );
        return command;
    }

    private static async Task<int> AnswerAsync(
        LoadedConfiguration configuration,
        ShortsDb db,
        string wanted,
        bool json,
        CancellationToken cancel
    )
    {
        var found = await ItemSearch.FindAsync(db, wanted, cancel);
        if (found.Count == 0)
            return Refuse($"There is no item '{wanted}'. `history` lists them.");
        if (found.Count > 1)
            return ListSeveral(found, wanted, json);
        var options = configuration.Live.Value;
        var now = TimeProvider.System.GetUtcNow();
        var previews = await PostPreview.ReadAsync(db, options, found[0], now, cancel);
        var story = await ItemStory.ReadAsync(db, found[0].Id, cancel) with { Previews = previews };
        if (json)
            JsonOutput.Write(StoryDocument.Of(story));
        else
            Console.WriteLine(StoryText.Tell(story, ChannelClock.Of(options, story.Item.Channel), now));
        return ExitCode.Done;
    }

    private static int ListSeveral(IReadOnlyList<Item> found, string wanted, bool json)
    {
        if (json)
            JsonOutput.Write(
                new
                {
                    Matches = found.Select(i => new
                    {
                        Id = i.Id.Value,
                        i.Channel,
                        i.State,
                        i.Title,
                        i.Location,
                    }),
                }
            );
        else
            PrintSeveral(found);
        return Refuse(
            $"'{wanted}' may be {(found.Count == ItemSearch.Most ? "many items" : $"{found.Count} items")}; ask with the number of one."
        );
    }

    private static void PrintSeveral(IReadOnlyList<Item> found)
    {
        var table = new TextTable("id", "channel", "state", "title", "file");
        foreach (var item in found)
            table.Add(item.Id.ToString(), item.Channel, item.State.ToString(), item.Title, item.Location);
        table.Print();
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Failed;
    }
}
