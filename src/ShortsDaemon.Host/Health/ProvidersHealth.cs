using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Health;

/// <summary>Do the platforms answer?</summary>
internal sealed class ProvidersHealth(Breakers breakers, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var all = await breakers.ListAsync(cancellationToken);
        var data = all.ToDictionary(b => b.Provider, object (b) => b.State.ToString());
        var down = all.Where(b => b.State != BreakerState.Closed).ToList();
        return down.Count == 0
            ? HealthCheckResult.Healthy("No platform is known to be down", data)
            : HealthCheckResult.Degraded(string.Join(" ", down.Select(b => Say(b, time.GetUtcNow()))), data: data);
    }

    private static string Say(Breaker breaker, DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{breaker.Provider} has not worked since {breaker.OpenedAt:u}: {breaker.LastError?.TrimEnd('.')}. It is tried again at {breaker.NextTry(now):u}; at once after `ShortsDaemon breaker reset {breaker.Provider}`."
        );
}
