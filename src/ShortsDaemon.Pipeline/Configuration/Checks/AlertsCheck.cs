using ShortsDaemon.Pipeline.Configuration.Reading;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>Receivers of alerts: a mistake here would only show when something has gone wrong.</summary>
internal sealed class AlertsCheck(ProblemList problems)
{
    private const string Section = nameof(ShortsOptions.Alerts);

    public static void Look(ShortsOptions options, ProblemList problems)
    {
        var check = new AlertsCheck(problems);
        for (var i = 0; i < options.Alerts.Count; i++)
            check.Look(options.Alerts[i], $"{Section}:{i}");
        check.Names(options.Alerts);
        check.Ping(options.HealthPing, nameof(ShortsOptions.HealthPing));
    }

    private void Look(ReceiverOptions receiver, string key)
    {
        foreach (var problem in receiver.Problems().Where(problem => !problems.Has($"{key}:{problem.Key}")))
            problems.Error($"{key}:{problem.Key}", problem.What, problem.Mend);
        for (var i = 0; i < receiver.Rules.Count; i++)
            Rule(receiver.Rules[i], $"{key}:Rules:{i}");
        Quiet(receiver.QuietHours, $"{key}:QuietHours");
    }

    // A warning: a rule may belong to a newer program.
    private void Rule(string rule, string key)
    {
        if (!AlertRules.All.Contains(rule, StringComparer.OrdinalIgnoreCase))
            problems.Warning(
                key,
                $"there is no rule '{rule}'",
                $"Write some of {string.Join(", ", AlertRules.All)}. {Nearest.Hint(rule, AlertRules.All)}".TrimEnd()
            );
    }

    private void Quiet(QuietHoursOptions quiet, string key)
    {
        if (quiet.Hours.Length > 0 && DayWindow.Hours(quiet.Hours) is null)
            problems.Error(
                $"{key}:Hours",
                $"'{quiet.Hours}' are no hours of the day",
                "Write from and to, for instance 22:00-07:00."
            );
        if (!problems.Has($"{key}:TimeZone") && !TimeZoneInfo.TryFindSystemTimeZoneById(quiet.TimeZone, out _))
            problems.Error(
                $"{key}:TimeZone",
                $"'{quiet.TimeZone}' is not a time zone",
                "Write an IANA name, for instance Europe/Berlin."
            );
    }

    private void Names(List<ReceiverOptions> receivers)
    {
        foreach (
            var group in receivers
                .GroupBy(receiver => receiver.NameOrType, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1)
        )
            problems.Error(
                Section,
                $"{group.Count()} receivers are called '{group.Key}'",
                "Give each its own Name; what each has been told is kept under it."
            );
    }

    private void Ping(HealthPingOptions ping, string key)
    {
        foreach (
            var problem in SecretAddress
                .Problems(nameof(ping.Url), ping.Url, ping.UrlFile)
                .Concat(SecretAddress.Problems(nameof(ping.ProjectUrl), ping.ProjectUrl, ping.ProjectUrlFile))
        )
            problems.Error($"{key}:{problem.Key}", problem.What, problem.Mend);
    }
}
