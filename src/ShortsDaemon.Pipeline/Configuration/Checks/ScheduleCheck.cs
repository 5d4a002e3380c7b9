using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>The schedules of the maintenance jobs.</summary>
internal sealed class ScheduleCheck(Func<string, CronProblem?> cronProblem, ProblemList problems)
{
    public void Look(ShortsOptions options)
    {
        Look(options.Storage.UpkeepSchedule, "Storage:UpkeepSchedule");
        Look(options.Retention.Schedule, "Retention:Schedule");
    }

    private void Look(string cron, string key)
    {
        if (cron.Length > 0 && cronProblem(cron) is { } problem)
            problems.Error(
                key,
                $"'{cron}' is not a schedule: {problem.What.TrimEnd('.')}",
                "Write second minute hour day month weekday, for instance 0 30 4 * * ? for half past four."
            );
    }
}
