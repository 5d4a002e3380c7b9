using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Host.Jobs.Watch;
using ShortsDaemon.Host.Metrics;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Discover and Select of one channel.</summary>
[DisallowConcurrentExecution]
internal sealed class ChannelJob(
    ChannelRun run,
    ChannelPause pauses,
    ItemQueue queue,
    ChannelLooks looks,
    FireLedger fires,
    Disturbances disturbances,
    HealthPings pings,
    RunsUnderWay runs,
    HungRuns hung,
    ILogger<ChannelJob> log
) : IJob
{
    private static readonly TimeSpan DatabasePause = TimeSpan.FromSeconds(15);

    // How soon a paused channel that was to look finds out that it may again.
    private static readonly TimeSpan PausedLook = TimeSpan.FromSeconds(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var channel = context.JobDetail.Key.Name;
        using var scope = log.BeginChannel(channel);
        using var watched = runs.OfChannel(channel);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watched.Hung);
        var outcome = RunOutcome.Failed;
        try
        {
            var isPaused = await pauses.OfAsync(channel, either.Token) is not null;
            if (context.Trigger is ICronTrigger schedule)
                await fires.FiredAsync(channel, schedule, isPaused, either.Token);
            if (isPaused)
            {
                outcome = RunOutcome.Paused;
                await looks.LookAsync(channel, PausedLook, either.Token);
                return;
            }
            disturbances.RunBegins(channel);
            var ping = pings.Begin($"channel-{channel}");
            var result = await run.RunAsync(channel, either.Token);
            pings.End($"channel-{channel}", ping, result.Problem is null, result.Problem);
            outcome = result.Problem is null ? RunOutcome.Succeeded : RunOutcome.Troubled;
            foreach (var item in result.Selected)
                await queue.AddAsync(item, channel, notBefore: null, either.Token);
            if (result.LookAgainAfter is { } wait)
                await looks.LookAsync(channel, wait, either.Token);
            await hung.OverAsync(watched, either.Token);
        }
        catch (OperationCanceledException) when (watched.IsHung)
        {
            outcome = RunOutcome.Hung;
            log.LogWarning("Interrupted because it stood still; the schedule goes on");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcome = RunOutcome.Stopped;
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
            HostMeter.Ran(channel, outcome);
        }
    }
}
