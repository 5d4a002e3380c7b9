using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quartz;
using ShortsDaemon.Host.Jobs;

namespace ShortsDaemon.Host.Health;

/// <summary>Do the schedules fire?</summary>
internal sealed class SchedulerHealth(ISchedulerFactory schedulers, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var status = await scheduler.GetStatus(cancellationToken);
        if (status != SchedulerStatus.Running)
            return HealthCheckResult.Unhealthy(
                $"The scheduler is not running ({status}). It starts some seconds after the daemon; when it does not, restart the daemon."
            );
        // Items wait for their turn whenever there is much to do; QueueHealth looks after them.
        var schedules = await scheduler.QueryTriggers(
            new TriggerQuery
            {
                Group = GroupMatcher<TriggerKey>.GroupEquals(ChannelSchedules.TriggerGroup),
                Take = int.MaxValue,
            },
            cancellationToken
        );
        return Look(schedules.Items);
    }

    private HealthCheckResult Look(IReadOnlyList<TriggerHeader> schedules)
    {
        var now = time.GetUtcNow();
        var data = new Dictionary<string, object> { ["schedules"] = schedules.Count };
        if (schedules.Min(schedule => schedule.NextFireTimeUtc) is { } next)
            data["nextFireUtc"] = next.UtcDateTime;
        string[] troubles =
        [
            .. schedules.Where(s => s.State == TriggerState.Error).Select(s => $"Schedule {s.Key.Name} is in error."),
            .. schedules
                .Where(s => s.State != TriggerState.Paused && now - s.NextFireTimeUtc > Overdue)
                .Select(s => Late(s.Key.Name, now - s.NextFireTimeUtc!.Value)),
        ];
        return troubles.Length > 0
            ? HealthCheckResult.Degraded(
                $"{string.Join(" ", troubles)} Read the log and restart the daemon.",
                data: data
            )
            : HealthCheckResult.Healthy("Running", data);
    }

    private static string Late(string schedule, TimeSpan by) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Schedule {schedule} should have fired {by.TotalMinutes:0} min ago and has not."
        );
}
