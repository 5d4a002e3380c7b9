using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Pipeline.Publish.AfterRestore;

namespace ShortsDaemon.Host.Jobs;

/// <summary>After a restore: reads the destinations back and opens them. Otherwise there is nothing to do.</summary>
[DisallowConcurrentExecution]
internal sealed class ReadBackJob(ReadBack readBack, ILogger<ReadBackJob> log) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await readBack.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbUpdateException or SqliteException)
        {
            log.LogError(
                "The restore could not be gone on with, again in {Interval}: {Reason}",
                Interval,
                e.GetBaseException().Message
            );
        }
    }
}
