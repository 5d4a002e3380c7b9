using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>The maintenance jobs: lists them with their last runs, and runs one now.</summary>
internal static class JobCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly Argument<string?> Name = new("NAME")
    {
        Description = "Which job to run now; without it they are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "job",
            "Lists the maintenance jobs with schedule and last run, or runs one now: in the daemon when it is up (it begins "
                + "within a minute), otherwise here. Exit code: 0 done, 1 the job failed, 2 wrong usage or configuration."
        )
        {
            Name,
            Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        // A signal is only listened to once the action has given its task back; before, it ends the process with 143.
        await Task.Yield();
        if (parsed.GetValue(Name) is { } name)
            return await RunNowAsync(parsed, name, parsed.GetValue(Json), cancel);
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        await using var services = CommandServices.Build(configuration, toFile: false);
        var catalog = services.GetRequiredService<MaintenanceCatalog>();
        return await DatabaseQuestion.AskAsync(
            parsed,
            async (_, db) =>
                Show(JobLines.Of(catalog, configuration.Live.Value, await JobLines.LastAsync(db, cancel)), parsed),
            () => Show(JobLines.Of(catalog, configuration.Live.Value, []), parsed),
            cancel
        );
    }

    /// <summary>Runs a job now: in the daemon when it is up, otherwise here.</summary>
    public static async Task<int> RunNowAsync(ParseResult parsed, string name, bool json, CancellationToken cancel)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        await using var services = CommandServices.Build(configuration, toFile: false);
        var catalog = services.GetRequiredService<MaintenanceCatalog>();
        if (catalog.Find(name) is not { } job)
            return Refuse(
                $"There is no job '{name}'. There are: {string.Join(", ", catalog.All.Select(j => j.Name))}."
            );
        var data = CommandServices.DataOf(configuration);
        using var taken = InstanceLock.TryTake(data);
        var databases = services.GetRequiredService<IDbContextFactory<ShortsDb>>();
        if (taken is null)
            return Tell(await WishAsync(databases, job.Name, cancel), json);
        await services.GetRequiredService<DatabaseStart>().PrepareAsync(cancel);
        var runs = services.GetRequiredService<MaintenanceRuns>();
        return Tell(await runs.RunAsync(job, wish: null, isByHand: true, cancel), json);
    }

    /// <summary>Asks the daemon for it and waits until it is done.</summary>
    private static async Task<JobRun> WishAsync(
        IDbContextFactory<ShortsDb> databases,
        string job,
        CancellationToken cancel
    )
    {
        await Console.Error.WriteLineAsync($"The daemon is up and begins the job {job} within a minute.");
        await using var db = await databases.CreateDbContextAsync(cancel);
        var wish = await JobWishes.AddAsync(db, job, TimeProvider.System.GetUtcNow(), cancel);
        while (wish.EndedAt is null)
        {
            await Task.Delay(Look, TimeProvider.System, cancel);
            await db.Entry(wish).ReloadAsync(cancel);
        }
        return wish;
    }

    private static int Tell(JobRun run, bool json)
    {
        if (json)
            JsonOutput.Write(run);
        else if (run.Outcome == JobOutcome.Succeeded)
            Console.WriteLine(run.Message);
        else
            Console.Error.WriteLine($"The job {run.Job} {run.Outcome.ToString().ToLowerInvariant()}: {run.Message}");
        return run.Outcome == JobOutcome.Succeeded ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Show(IReadOnlyList<JobLine> lines, ParseResult parsed)
    {
        if (parsed.GetValue(Json))
            JsonOutput.Write(lines);
        else
            JobLines.Print(lines);
        return ExitCode.Done;
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Usage;
    }
}
