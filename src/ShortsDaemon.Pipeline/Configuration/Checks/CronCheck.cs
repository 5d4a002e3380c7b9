using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>The scheduler takes every schedule; an empty one means that there is none.</summary>
internal sealed class CronCheck(Func<string, CronProblem?> cronProblem, ProblemList problems)
{
    /// <summary>Those of the maintenance jobs.</summary>
    public void Look(ShortsOptions options)
    {
        Look(options.Backup.Schedule, "Backup:Schedule");
        Look(options.Retention.Schedule, "Retention:Schedule");
        Look(options.Storage.UpkeepSchedule, "Storage:UpkeepSchedule");
        Look(options.Health.CanarySchedule, "Health:CanarySchedule");
        Look(options.Health.LoginSchedule, "Health:LoginSchedule");
    }

    /// <param name="cron">What is written.</param>
    /// <param name="key">Where.</param>
    public void Look(string cron, string key)
    {
        if (cron.Length == 0 || cronProblem(cron) is not { } problem)
            return;
        if (problem.IsOver)
            problems.Warning(key, $"'{cron}' does nothing: {problem.What}", "Write a later date, or take it out.");
        else
            problems.Error(
                key,
                $"'{cron}' is not a schedule: {problem.What.TrimEnd('.')}",
                "Write second minute hour day month weekday, for instance 0 30 9 * * ? for half past nine."
            );
    }
}
