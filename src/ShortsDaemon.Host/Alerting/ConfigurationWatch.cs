using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;
using Flow = ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Alerting;

/// <summary>An edit of the configuration that was refused is told until it is mended.</summary>
internal sealed class ConfigurationWatch(LiveOptions live, Flow.Alerts alerts) : IAlertWatch
{
    public const string Rule = Flow.AlertRules.ConfigurationInvalid;
    private const string Subject = "configuration";
    private const int MostProblems = 3;

    public async Task LookAsync(CancellationToken cancel)
    {
        var errors = live.Problems.Where(problem => problem.IsError).ToList();
        if (errors.Count == 0)
        {
            await alerts.ResolveAsync(Rule, Subject, cancel);
            return;
        }
        var more = errors.Count > MostProblems ? $" And {errors.Count - MostProblems} more." : "";
        await alerts.RaiseAsync(
            Rule,
            Subject,
            AlertLevel.Warning,
            "The latest edit of the configuration is refused and the last good one stays in force; after a restart the daemon "
                + $"would not come up. {string.Join(' ', errors.Take(MostProblems))}{more}",
            cancel
        );
    }
}
