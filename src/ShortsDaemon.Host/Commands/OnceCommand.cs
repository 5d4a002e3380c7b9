using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.AfterRestore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>One run of one or all channels, to the end, without staying.</summary>
internal static class OnceCommand
{
    private const int MostLooks = 5;

    private static readonly Argument<string?> ChannelName = new("channel")
    {
        Description = "The channel; without it all enabled ones.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Shows what would be made and why; makes no Short.",
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command("once", "Runs a channel once and ends.") { ChannelName, DryRun, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        // A signal is only listened to once the action has given its task back; before, it ends the process with 143.
        await Task.Yield();
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        if (Channels(parsed.GetValue(ChannelName), configuration) is not { } channels)
            return ExitCode.Usage;
        var data = CommandServices.DataOf(configuration);
        using var taken = await CommandServices.TakeLockAsync(data, cancel);
        if (taken is null)
            return ExitCode.Failed;
        var services = CommandServices.Build(configuration, toFile: true);
        await using (services)
        {
            try
            {
                await services.GetRequiredService<DatabaseStart>().PrepareAsync(cancel);
                await OrphanedProcesses.StopAllAsync(data.Root, TimeProvider.System, cancel);
                return parsed.GetValue(DryRun)
                    ? await DryRunPlan.ShowAsync(services, channels, parsed.GetValue(Json), cancel)
                    : await WalkAsync(services, channels, parsed.GetValue(Json), cancel);
            }
            catch (DatabaseUnusableException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
            }
            catch (Exception e) when (e.GetBaseException() is SqliteException reason)
            {
                await Console.Error.WriteLineAsync(DatabaseStart.Explain(reason, DatabaseOf(configuration)));
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("Stopped; the next run goes on where this one stood.");
            }
            return ExitCode.Failed;
        }
    }

    private static IReadOnlyList<string>? Channels(string? wanted, LoadedConfiguration configuration)
    {
        var all = configuration.Live.Value.Channels;
        if (wanted is null)
            return [.. all.Where(c => c.Value.Enabled).Select(c => c.Key)];
        if (all.TryGetValue(wanted, out var channel) && channel.Enabled)
            return [wanted];
        Console.Error.WriteLine(
            channel is null
                ? $"There is no channel '{wanted}'; there are: {string.Join(", ", all.Keys)}."
                : $"The channel '{wanted}' is switched off. Set Channels:{wanted}:Enabled to true."
        );
        return null;
    }

    private static string DatabaseOf(LoadedConfiguration configuration) =>
        new SqliteConnectionStringBuilder(configuration.Live.Value.Storage.ConnectionString).DataSource;

    private static async Task<int> WalkAsync(
        ServiceProvider services,
        IReadOnlyList<string> channels,
        bool json,
        CancellationToken cancel
    )
    {
        services.GetRequiredService<Logging.FlowLog>().Start();
        var started = TimeProvider.System.GetUtcNow();
        await services.GetRequiredService<WorkSweep>().RunAsync(cancel);
        await services.GetRequiredService<ReadBack>().RunAsync(cancel);
        await services.GetRequiredService<ReviewRelease>().RunAsync(cancel);
        using (new FlowBars(services.GetRequiredService<FlowEvents>(), quiet: json))
            await Task.WhenAll(channels.Select(channel => WalkChannelAsync(services, channel, cancel)));
        return await OnceReport.WriteAsync(services, channels, started, json, cancel);
    }

    private static async Task WalkChannelAsync(ServiceProvider services, string channel, CancellationToken cancel)
    {
        var run = services.GetRequiredService<ChannelRun>();
        // A file that was just dropped is whole only after it has settled.
        for (var look = 0; look < MostLooks; look++)
        {
            var result = await run.RunAsync(channel, cancel);
            if (result.Pause is { } pause)
            {
                await Console.Error.WriteLineAsync(
                    $"The channel '{channel}' is {pause.Reason}. Resume it: ShortsDaemon holds release {pause.Scope}"
                );
                return;
            }
            if (result.LookAgainAfter is not { } wait)
                break;
            await Task.Delay(wait, TimeProvider.System, cancel);
        }
        var walk = services.GetRequiredService<ItemWalk>();
        IReadOnlyList<ItemId> items = await UnderWayAsync(services, channel, cancel);
        do
        {
            await Task.WhenAll(items.Select(item => walk.WalkAsync(item, cancel)));
            items = await run.TopUpAsync(channel, cancel);
        } while (items.Count > 0);
    }

    private static async Task<List<ItemId>> UnderWayAsync(
        ServiceProvider services,
        string channel,
        CancellationToken cancel
    )
    {
        await using var db = await services
            .GetRequiredService<IDbContextFactory<ShortsDb>>()
            .CreateDbContextAsync(cancel);
        return await db
            .Items.Where(i => i.Channel == channel && ItemStates.Working.Contains(i.State))
            .OrderByDescending(i => i.Score)
            .Select(i => i.Id)
            .ToListAsync(cancel);
    }
}
