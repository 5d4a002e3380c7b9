using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Discover and Select of one channel.</summary>
[DisallowConcurrentExecution]
internal sealed class ChannelJob(
    ChannelRun run,
    ItemQueue queue,
    ChannelLooks looks,
    FireLedger fires,
    Disturbances disturbances,
    HealthPings pings,
    ILogger<ChannelJob> log
) : IJob
{
    private static readonly TimeSpan DatabasePause = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var channel = context.JobDetail.Key.Name;
        using var scope = log.BeginChannel(channel);
        try
        {
            if (context.Trigger is ICronTrigger schedule)
                await fires.FiredAsync(channel, schedule, cancellationToken);
            disturbances.RunBegins(channel);
            var ping = pings.Begin($"channel-{channel}");
            var result = await run.RunAsync(channel, cancellationToken);
            pings.End($"channel-{channel}", ping, result.Problem is null, result.Problem);
            foreach (var item in result.Selected)
                await queue.AddAsync(item, channel, notBefore: null, cancellationToken);
            if (result.LookAgainAfter is { } wait)
                await looks.LookAsync(channel, wait, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log.LogDebug("Stopped while looking for new clips");
        }
        catch (Exception e) when (e is DbUpdateException or SqliteException)
        {
            log.LogError(
                "The database cannot take this channel's run now, again in {Pause}: {Reason}",
                DatabasePause,
                e.GetBaseException().Message
            );
            await looks.LookAsync(channel, DatabasePause, CancellationToken.None);
        }
        finally
        {
            disturbances.RunEnds(channel);
        }
    }
}
