using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Host.Jobs.Watch;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Walks one item as far as it goes. Its next try is its next trigger.</summary>
[DisallowConcurrentExecution, ExecutionGroup(ExecutionGroup)]
internal sealed class ItemJob(
    ItemWalk walk,
    ChannelRun run,
    ItemQueue queue,
    RunsUnderWay runs,
    HungRuns hung,
    TimeProvider time,
    ILogger<ItemJob> log
) : IJob
{
    /// <summary>Counts against its own limit, see RunCommand.</summary>
    public const string ExecutionGroup = "items";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        var channel = context.JobDetail.Description ?? "";
        var item = new ItemId(long.Parse(name, CultureInfo.InvariantCulture));
        using var scope = log.BeginItem(channel, name);
        using var watched = runs.OfItem(item);
        try
        {
            if (await walk.WalkAsync(item, cancellationToken, watched.Hung) is { } next)
                await queue.AddAsync(item, channel, next, cancellationToken);
            else
                await ReplaceAsync(channel, cancellationToken);
            await hung.OverAsync(watched, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log.LogDebug("Stopped; the item keeps its place");
        }
#pragma warning disable CA1031 // whatever it was, an item without a trigger would stand still until the next start
        catch (Exception e)
#pragma warning restore CA1031
        {
            // What the stage did could not be written down; stages are idempotent, so it is simply done again.
            log.LogError(
                IsDatabase(e) ? null : e,
                "This item's state could not be written down, again in {Pause}: {Reason}",
                Pause,
                e.GetBaseException().Message
            );
            await queue.AddAsync(item, channel, time.GetUtcNow() + Pause, CancellationToken.None);
        }
    }

    // When the item has come to a bad end, the next candidate takes its place.
    private async Task ReplaceAsync(string channel, CancellationToken cancel)
    {
        foreach (var next in await run.TopUpAsync(channel, cancel))
            await queue.AddAsync(next, channel, notBefore: null, cancel);
    }

    // A full or locked disk needs no stack trace, a bug does.
    private static bool IsDatabase(Exception e) => e is DbUpdateException or SqliteException;
}
