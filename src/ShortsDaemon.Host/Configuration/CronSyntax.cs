using Quartz;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Configuration;

/// <summary>Asks the scheduler itself whether it will take a cron expression.</summary>
internal sealed class CronSyntax(TimeProvider time)
{
    /// <returns>Null when it is fine.</returns>
    public CronProblem? Problem(string cron)
    {
        if (CronExpression.TryParse(cron, out var schedule))
            return Problem(schedule);
        if (CronExpression.TryParse(cron, CronFormat.Unix, out var crontab))
            return new($"it has no seconds; this crontab line is written {crontab.CronExpressionString}");
        return new(Reason(cron));
    }

    private CronProblem? Problem(CronExpression schedule)
    {
        if (schedule.GetNextValidTimeAfter(time.GetUtcNow()) is not null)
            return null;
        return schedule.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch) is null
            ? new("it never fires")
            : new("all its times have passed", IsOver: true);
    }

    private static string Reason(string cron)
    {
        try
        {
            CronExpression.Parse(cron);
            return "it cannot be read";
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }
}
