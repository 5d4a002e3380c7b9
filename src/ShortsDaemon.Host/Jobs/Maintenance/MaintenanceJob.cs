using Quartz;
using ShortsDaemon.Host.Jobs.Watch;

namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>The scheduler's side of a maintenance job: its key is the job's name.</summary>
[DisallowConcurrentExecution]
internal sealed class MaintenanceJob(
    MaintenanceCatalog catalog,
    MaintenanceRuns runs,
    RunsUnderWay underWay,
    HungRuns hung
) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (catalog.Find(context.JobDetail.Key.Name) is not { } job)
            return;
        long? wish = context.MergedJobDataMap.TryGetLong(MaintenanceSchedules.Wish, out var id) ? id : null;
        using var watched = underWay.OfJob(job.Name);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watched.Hung);
        await runs.RunAsync(job, wish, isByHand: wish is not null, either.Token);
        await hung.OverAsync(watched, cancellationToken);
    }
}
