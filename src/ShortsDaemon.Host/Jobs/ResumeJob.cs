using Microsoft.Data.Sqlite;
using Quartz;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Jobs;

/// <summary>
/// Gives every item under way its job at its time, in case one has lost it or a command has moved the time. What was under
/// way at start is DaemonWork's business.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class ResumeJob(
    ChannelRun run,
    ReviewRelease review,
    ItemQueue queue,
    MaintenanceSchedules maintenance,
    ILogger<ResumeJob> log
) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await maintenance.FulfilAsync(cancellationToken);
            await run.TopUpAllAsync(cancellationToken);
            await review.RunAsync(cancellationToken);
            var resumed = await queue.ResumeAsync(cancellationToken);
            if (resumed > 0)
                log.LogInformation("{Count} items go on where they stood", resumed);
        }
        catch (Exception e) when (e.GetBaseException() is SqliteException)
        {
            log.LogError(
                "The items under way could not be read, again in {Interval}: {Reason}",
                Interval,
                e.GetBaseException().Message
            );
        }
    }
}
