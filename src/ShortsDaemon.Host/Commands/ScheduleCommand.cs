using System.CommandLine;
using Microsoft.Data.Sqlite;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>When the channels look for clips and post next. Goes by the configuration, so it also tells what an edit would do.</summary>
internal static class ScheduleCommand
{
    private static readonly Option<int> Count = new("--count")
    {
        Description = "How many times of each schedule.",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "schedule",
            "Shows when each channel looks for clips next, in its own zone and in UTC, and for each destination with posting "
                + "times its windows, its next slot and what is left of today's cap and quota. Works while the daemon runs. "
                + "Exit code: 0 done, 1 the database cannot be read, 2 wrong usage or configuration."
        )
        {
            Count,
            Json,
        };
        Count.Validators.Add(GlobalOptions.AtLeastOne);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        var now = TimeProvider.System.GetUtcNow();
        var channels = configuration.Live.Value.Channels;
        var known = await TryReadAsync(configuration.Live.Value, now, cancel);
        var plans = channels
            .Select(c =>
                ChannelPlan.Of(c.Key, c.Value, now, parsed.GetValue(Count)) with
                {
                    Pause = known?.Paused.GetValueOrDefault(c.Key)?.Reason,
                }
            )
            .ToList();
        var posting = (known?.Standings ?? []).ToLookup(standing => standing.Place.Channel);
        if (parsed.GetValue(Json))
            JsonOutput.Write(plans.Select(plan => plan.Describe(posting[plan.Channel].Select(PostingLines.Describe))));
        else
            foreach (
                var line in plans.SelectMany(p => p.Lines().Concat(posting[p.Channel].SelectMany(PostingLines.Tell)))
            )
                Console.WriteLine(line);
        return known is null ? ExitCode.Failed : ExitCode.Done;
    }

    /// <returns>Null when the database cannot be read, which has been said.</returns>
    private static async Task<Known?> TryReadAsync(ShortsOptions options, DateTimeOffset now, CancellationToken cancel)
    {
        await using var database = new ReadOnlyDatabase(options.Storage);
        var places = PostingPlace.All(options);
        // Before the first start nothing is posted, and nothing can be told about slots.
        if (!database.Exists)
            return new Known([], new Dictionary<string, Hold>());
        try
        {
            await database.RequireCurrentAsync(cancel);
            var standings = new List<PostingStanding>();
            foreach (var place in places)
                standings.Add(await PostingStanding.ReadAsync(database.Content, options, place, now, cancel));
            return new Known(standings, await ChannelPause.AllAsync(database.Content, now, cancel));
        }
        catch (DatabaseUnusableException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (Exception e) when (e.GetBaseException() is SqliteException reason)
        {
            await Console.Error.WriteLineAsync(DatabaseStart.Explain(reason, database.Path));
        }
        return null;
    }

    private sealed record Known(IReadOnlyList<PostingStanding> Standings, IReadOnlyDictionary<string, Hold> Paused);
}
