using System.CommandLine;
using System.Globalization;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Retention;

namespace ShortsDaemon.Host.Commands;

/// <summary>Clears away now what the job prune clears away at night, or shows what that would be.</summary>
internal static class PruneCommand
{
    private const double MiB = 1024 * 1024;

    private static readonly Option<bool> Preview = new("--preview")
    {
        Description = "Only show what would go, and why; nothing is changed.",
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "prune",
            "Clears away what the section Retention says: old logs, left-over work folders, old Shorts and originals, old rows. "
                + "In the daemon when it is up, otherwise here. Exit code: 0 done, 1 something could not be removed, 2 wrong "
                + "usage or configuration."
        )
        {
            Preview,
            Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await Task.Yield();
        if (!parsed.GetValue(Preview))
            return await JobCommand.RunNowAsync(parsed, PruneJob.JobName, parsed.GetValue(Json), cancel);
        return await DatabaseQuestion.AskAsync(
            parsed,
            async (configuration, _) =>
            {
                await using var services = CommandServices.Build(configuration, toFile: false);
                return Show(await services.GetRequiredService<Prune>().FindAsync(cancel), parsed);
            },
            () => Show([], parsed),
            cancel
        );
    }

    private static int Show(IReadOnlyList<Leftover> found, ParseResult parsed)
    {
        if (parsed.GetValue(Json))
            JsonOutput.Write(found);
        else if (found.Count == 0)
            Console.WriteLine("Nothing would go.");
        else
            Print(found);
        return ExitCode.Done;
    }

    private static void Print(IReadOnlyList<Leftover> found)
    {
        var table = new TextTable("kind", "number", "MiB", "why", "what");
        foreach (var leftover in found)
            table.Add(
                leftover.Kind,
                leftover.Count.ToString(CultureInfo.InvariantCulture),
                leftover.SizeBytes > 0 ? (leftover.SizeBytes / MiB).ToString("0.0", CultureInfo.InvariantCulture) : "",
                leftover.Reason,
                leftover.What
            );
        table.Print();
    }
}
