using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>The circuit breakers of the providers: shows them, and closes them by hand.</summary>
internal static class BreakerCommand
{
    private static readonly Option<bool> Json = GlobalOptions.Json();

    private static readonly Argument<string?> Provider = new("PROVIDER")
    {
        Description = "As `breaker list` names it; all of them when left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create() =>
        new("breaker", "Shows or closes the breakers that keep calls from a platform that is down.")
        {
            List(),
            Reset(),
        };

    private static Command List()
    {
        var command = new Command(
            "list",
            "Lists the breakers. Works while the daemon runs. "
                + "Exit code: 0 done, 1 the database cannot be read, 2 wrong usage or configuration."
        )
        {
            Json,
        };
        command.SetAction(
            (parsed, cancel) =>
                DatabaseQuestion.ListAsync(
                    parsed,
                    Json,
                    db => db.Breakers.AsNoTracking().OrderBy(b => b.Provider).ToListAsync(cancel),
                    "No call has failed yet.",
                    Row,
                    ["provider", "state", "since", "next try", "failures", "last failure"],
                    cancel
                )
        );
        return command;
    }

    private static Command Reset()
    {
        var command = new Command(
            "reset",
            "Closes a breaker, so that the next call goes out at once. Works while the daemon runs; an item that waits comes "
                + "back at the time it was given. Exit code: 0 done, 1 there is no such breaker or the database cannot be "
                + "written, 2 wrong usage or configuration."
        )
        {
            Provider,
        };
        command.SetAction(
            (parsed, cancel) =>
                DatabaseQuestion.AskAsync(
                    parsed,
                    (configuration, _) => ResetAsync(configuration, parsed.GetValue(Provider), cancel),
                    () => Unknown(parsed.GetValue(Provider)),
                    cancel
                )
        );
        return command;
    }

    private static async Task<int> ResetAsync(
        LoadedConfiguration configuration,
        string? wanted,
        CancellationToken cancel
    )
    {
        await using var services = CommandServices.Build(configuration, toFile: false);
        var breakers = services.GetRequiredService<Breakers>();
        var found = (await breakers.ListAsync(cancel))
            .Where(b => wanted is null || b.Provider.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (found.Count == 0)
            return Unknown(wanted);
        foreach (var breaker in found)
        {
            await breakers.ResetAsync(breaker.Provider, cancel);
            Console.WriteLine($"{breaker.Provider} is closed.");
        }
        return ExitCode.Done;
    }

    private static int Unknown(string? wanted)
    {
        if (wanted is null)
        {
            Console.WriteLine("There is no breaker yet.");
            return ExitCode.Done;
        }
        Console.Error.WriteLine($"There is no breaker '{wanted}'. `breaker list` lists them.");
        return ExitCode.Failed;
    }

    private static string[] Row(Breaker breaker) =>
        [
            breaker.Provider,
            breaker.State.ToString(),
            $"{breaker.OpenedAt:u}",
            $"{breaker.NextTry(TimeProvider.System.GetUtcNow()):u}",
            $"{breaker.Failures}",
            breaker.LastError ?? "",
        ];
}
