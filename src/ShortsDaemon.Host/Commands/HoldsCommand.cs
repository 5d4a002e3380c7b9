using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>Doors that are shut: which, why, until when; and opening one again.</summary>
internal static class HoldsCommand
{
    private const string ExitCodes =
        "Works while the daemon runs. Exit code: 0 done, 1 no such hold or the database cannot be used, 2 wrong usage or configuration.";

    private static readonly Argument<string> Scope = new("SCOPE")
    {
        Description = "As `holds list` shows it, for instance account:YouTube/main.",
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create() =>
        new("holds", "Accounts, destinations and projects through which nothing goes out for now.")
        {
            List(),
            Release(),
        };

    private static Command List()
    {
        var command = new Command("list", "Lists what is held, why and until when. " + ExitCodes) { Json };
        command.SetAction(
            (parsed, cancel) =>
                DatabaseQuestion.ListAsync(
                    parsed,
                    Json,
                    db => Holds.Shut(db, TimeProvider.System.GetUtcNow()).OrderBy(h => h.Scope).ToListAsync(cancel),
                    "Nothing is held.",
                    Row,
                    ["scope", "since", "until", "reason"],
                    cancel
                )
        );
        return command;
    }

    private static Command Release()
    {
        var command = new Command(
            "release",
            "Opens one again before its time. Whatever shut it will shut it again when the cause is still there. "
                + ExitCodes
        )
        {
            Scope,
        };
        command.SetAction(
            (parsed, cancel) =>
                DatabaseQuestion.AskAsync(
                    parsed,
                    (configuration, _) => ReleaseAsync(configuration, parsed.GetRequiredValue(Scope), cancel),
                    () => Refuse("Nothing has been made yet."),
                    cancel
                )
        );
        return command;
    }

    private static async Task<int> ReleaseAsync(
        LoadedConfiguration configuration,
        string scope,
        CancellationToken cancel
    )
    {
        await using var services = CommandServices.Build(configuration, toFile: false);
        if (!await services.GetRequiredService<Holds>().ReleaseAsync(scope, cancel))
            return Refuse($"'{scope}' is not held. `holds list` shows what is.");
        Console.WriteLine($"{scope} is open again.");
        return ExitCode.Done;
    }

    private static string[] Row(Hold hold) =>
        [
            hold.Scope,
            ChannelClock.Utc.SayWithOffset(hold.Since),
            hold.Until is { } until ? ChannelClock.Utc.SayWithOffset(until) : "it is released",
            hold.Reason,
        ];

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Failed;
    }
}
