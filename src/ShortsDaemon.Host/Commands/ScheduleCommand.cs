using System.CommandLine;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Commands;

/// <summary>When the channels look for clips next. Asks the configuration only, so it also tells what an edit would do.</summary>
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
            "Shows when each channel looks for clips next, in its own zone and in UTC. Works while the daemon runs. "
                + "Exit code: 0 done, 2 wrong usage or configuration."
        )
        {
            Count,
            Json,
        };
        Count.Validators.Add(GlobalOptions.AtLeastOne);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        var now = TimeProvider.System.GetUtcNow();
        var plans = configuration
            .Live.Value.Channels.Select(c => ChannelPlan.Of(c.Key, c.Value, now, parsed.GetValue(Count)))
            .ToList();
        if (parsed.GetValue(Json))
            JsonOutput.Write(plans.Select(plan => plan.Describe()));
        else
            foreach (var line in plans.SelectMany(plan => plan.Lines()))
                Console.WriteLine(line);
        return ExitCode.Done;
    }
}
