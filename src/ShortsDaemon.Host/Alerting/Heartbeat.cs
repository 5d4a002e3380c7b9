using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Alerting;

/// <summary>Pings the watcher from time to time, as long as health says that work gets done.</summary>
internal sealed class Heartbeat(HealthPings pings, RecentHealth health, LiveOptions live, TimeProvider time)
    : BackgroundService
{
    // A daemon that has just started is not well yet.
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(AfterStart, time, stoppingToken);
        while (true)
        {
            await BeatAsync();
            await Task.Delay(TimeSpan.FromMinutes(live.Value.HealthPing.EveryMinutes), time, stoppingToken);
        }
    }

    private async Task BeatAsync()
    {
        var report = await health.ReadAsync();
        var words = report
            .Entries.Where(e => e.Value.Status != HealthStatus.Healthy)
            .Select(e => $"{e.Key}: {e.Value.Status}. {e.Value.Description}");
        pings.Beat(report.Status != HealthStatus.Unhealthy, string.Join('\n', words));
    }
}
