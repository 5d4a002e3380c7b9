using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShortsDaemon.Host.Health;

/// <summary>One log line when a check turns better or worse, however often it is asked.</summary>
internal sealed class HealthLog(ILogger<HealthLog> log)
{
    private Dictionary<string, HealthStatus> _before = [];

    public void Tell(HealthReport report)
    {
        foreach (var (name, entry) in report.Entries)
        {
            if (entry.Status != _before.GetValueOrDefault(name, HealthStatus.Healthy))
                Tell(name, entry);
        }
        _before = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status);
    }

    private void Tell(string name, HealthReportEntry entry) =>
        log.Log(
            entry.Status switch
            {
                HealthStatus.Healthy => LogLevel.Information,
                HealthStatus.Degraded => LogLevel.Warning,
                _ => LogLevel.Error,
            },
            "Health of {Check} is {Status}: {Description}",
            name,
            entry.Status,
            SecretFree.Text(entry.Description ?? entry.Exception?.Message ?? "no reason given")
        );
}
