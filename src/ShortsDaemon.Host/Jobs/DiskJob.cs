using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Pipeline.Disk;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Follows the free space, and lets work that waited for room go on as soon as there is some.</summary>
[DisallowConcurrentExecution]
internal sealed class DiskJob(DiskWatch watch, DiskGuard guard, ItemQueue queue, ILogger<DiskJob> log) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (guard.IsRoomAgain())
            {
                log.LogInformation("There is room again; the work goes on");
                await queue.WakeAsync(retriesToo: false, cancellationToken);
            }
            await watch.LookAsync(cancellationToken);
        }
        catch (Exception e) when (e is SqliteException or DbUpdateException)
        {
            // On a full disk the database takes nothing, either; health tells of both.
            log.LogError(
                "The free space could not be followed, again in {Interval}: {Reason}",
                Interval,
                e.GetBaseException().Message
            );
        }
    }
}
